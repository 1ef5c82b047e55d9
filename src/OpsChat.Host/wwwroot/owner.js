// Makes the owner's pages handy; every form works without it.

const postedKey = "opschat posted";

/** What was typed into a form is forgotten when the next page says that the form did its work, not before. */
function forgetWhatWasDone() {
  const said = document.querySelector(".flash")?.textContent;
  if (said === undefined) return;
  if (!said.startsWith("Nothing was")) JSON.parse(sessionStorage.getItem(postedKey) ?? "[]").forEach(name => sessionStorage.removeItem(name));
  sessionStorage.removeItem(postedKey);
}

/** What is typed survives loading the page again. */
function keepTyped(form) {
  const fields = [...form.querySelectorAll("textarea, input:not([type=hidden]), select")];
  const name = field => `opschat ${form.dataset.keep} ${field.name}`;
  for (const field of fields) {
    const kept = sessionStorage.getItem(name(field));
    if (kept !== null && kept !== field.value) {
      field.value = kept;
      form.closest("details")?.setAttribute("open", "");
    }
    field.addEventListener("input", () => sessionStorage.setItem(name(field), field.value));
  }
  form.addEventListener("submit", () => sessionStorage.setItem(postedKey, JSON.stringify(fields.map(name))));
}

/** Offers what came into the queue since the page was loaded; the page does not change under the reader's hands. */
function offerNews(queue) {
  const known = new Set(queue.dataset.known.split(" "));
  const news = document.getElementById("news");
  const look = async () => {
    if (document.hidden) return;
    try {
      const reply = await fetch("/owner/queue/keys", { cache: "no-store" });
      if (!reply.ok || reply.redirected) return;
      const count = (await reply.json()).filter(key => !known.has(key)).length;
      const text = count === 0 ? "" : `${count} new`;
      if (news.dataset.text === text) return;
      news.dataset.text = text;
      news.replaceChildren();
      news.hidden = count === 0;
      if (count === 0) return;
      const show = document.createElement("button");
      show.textContent = `${text}: show`;
      show.addEventListener("click", () => location.reload());
      news.append(show);
      document.title = document.title.replace(/^(\(\d+\) )?/, `(${count} new) `);
    } catch {
      // No connection just now; the next look comes in a moment.
    }
  };
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
}

/** Posts a judgement without leaving the list, and goes on to the next answer. */
async function judge(item, button) {
  const form = button.form;
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  const reply = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
  if (!reply.ok) return form.requestSubmit(button);
  const next = item.nextElementSibling ?? item.previousElementSibling;
  const count = document.querySelector("#spot-title .count");
  count.textContent = Math.max(0, Number(count.textContent) - 1);
  item.remove();
  (next ?? document.getElementById("main")).focus();
}

/** One key each: r is right; w opens the kinds, and their number says which. Keys count only inside an answer. */
function judgeByKey(item) {
  const wrong = item.querySelector("details.wrong");
  item.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "w") {
      wrong.open = !wrong.open;
      return;
    }
    if (event.key !== "r" && !wrong.open) return;
    const button = [...item.querySelectorAll("[data-press]")].find(b => b.dataset.press === event.key);
    if (!button) return;
    event.preventDefault();
    judge(item, button);
  });
  item.querySelectorAll("[data-press]").forEach(button => button.addEventListener("click", event => {
    event.preventDefault();
    judge(item, button);
  }));
}

forgetWhatWasDone();
document.querySelectorAll("form[data-keep]").forEach(keepTyped);
document.querySelectorAll(".spot").forEach(judgeByKey);
document.querySelectorAll(".queue").forEach(offerNews);
