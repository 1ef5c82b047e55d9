// Makes the owner's pages handy; every form works without it. The parts stand in console/.
import { forgetWhatWasDone, keepTyped } from "./console/forms.js";
import { startConversation } from "./console/conversation.js";
import { startInbox } from "./console/inbox.js";
import { startKeys } from "./console/keys.js";
import { startCounts } from "./console/counts.js";
import { startSignals } from "./console/signals.js";

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

/** A small pop closes when one looks elsewhere. */
function closeElsewhere(event) {
  document.querySelectorAll("details.pause[open], details.menu[open]").forEach(details => {
    if (event.key === "Escape") {
      details.open = false;
      details.querySelector("summary").focus();
    } else if (event.type === "click" && !details.contains(event.target)) details.open = false;
  });
}

/** A choice that was left out says what is missing, in our words and not in the browser's. */
function sayWhatIsMissing(event) {
  const { missing } = event.target.dataset ?? {};
  if (missing) event.target.setCustomValidity(event.type === "invalid" ? missing : "");
}

/** Puts what a button names onto the clipboard. */
async function copy(event) {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Mark it and copy it by hand";
  }
}

/** A form that takes a while says that it is at it, and is not sent twice. */
function showProgress(event) {
  const button = event.submitter;
  if (!button) return;
  setTimeout(() => {
    if (event.defaultPrevented || !button.isConnected) return;
    button.setAttribute("aria-busy", "true");
    const note = document.createElement("span");
    note.className = "muted working";
    note.setAttribute("role", "status");
    note.textContent = "Working on it; this page comes back when it is done.";
    button.after(note);
  }, 400);
}

/** A page that the browser kept is not at work any more. */
function showRest() {
  document.querySelectorAll("button[aria-busy]").forEach(button => button.removeAttribute("aria-busy"));
  document.querySelectorAll(".working").forEach(note => note.remove());
}

/** On a phone long lists begin folded. They are served open, so that nothing is hidden where no script runs, or where an address leads into one. */
function foldOnPhone() {
  if (!matchMedia("(max-width: 44rem)").matches) return;
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  document.querySelectorAll("details[data-fold]").forEach(details => {
    details.open = details.contains(target);
  });
}

foldOnPhone();
forgetWhatWasDone(document.querySelector(".flash"));
document.addEventListener("submit", showProgress);
window.addEventListener("pageshow", event => event.persisted && showRest());
document.querySelectorAll("form[data-keep]").forEach(form => form.closest("#conversation") || keepTyped(form));
document.querySelectorAll(".spot").forEach(judgeByKey);
document.addEventListener("invalid", sayWhatIsMissing, true);
document.addEventListener("input", sayWhatIsMissing);
document.addEventListener("click", copy);
document.addEventListener("click", event => event.target.closest?.("[data-close]")?.closest(".flash").remove());
document.addEventListener("click", closeElsewhere);
document.addEventListener("keydown", closeElsewhere);
startInbox();
startConversation();
startKeys();
startSignals();
startCounts();
document.documentElement.dataset.ready = "yes";
