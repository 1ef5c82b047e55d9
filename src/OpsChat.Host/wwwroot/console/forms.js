// Forms work without a script; this keeps what is typed, and posts without leaving the page.

const postedKey = "opschat posted";

/** What was typed into a form is forgotten when the next page says that the form did its work, not before. */
export function forgetWhatWasDone(flash) {
  if (!flash) return;
  if (flash.dataset.done === "yes") {
    for (const [name, posted] of JSON.parse(sessionStorage.getItem(postedKey) ?? "[]")) {
      // What was typed while the form was on its way is not done yet.
      if (sessionStorage.getItem(name) === posted) sessionStorage.removeItem(name);
    }
  }
  sessionStorage.removeItem(postedKey);
}

const nameOf = (form, field) => `opschat ${form.dataset.keep} ${field.name}`;

const fieldsOf = form => [...form.querySelectorAll("textarea, input:not([type=hidden]):not([type=checkbox]), select")];

/** What is typed survives loading the page again. */
export function keepTyped(form) {
  for (const field of fieldsOf(form)) {
    const kept = sessionStorage.getItem(nameOf(form, field));
    if (kept !== null && kept !== field.value) {
      field.value = kept;
      form.closest("details")?.setAttribute("open", "");
    }
    field.addEventListener("input", () => sessionStorage.setItem(nameOf(form, field), field.value));
  }
  form.addEventListener("submit", () => sessionStorage.setItem(postedKey, JSON.stringify(fieldsOf(form).map(field => [nameOf(form, field), field.value]))));
}

/** The page behind an address, or null when the reader is signed out or the host cannot be reached. */
export async function pageAt(address, init) {
  try {
    // Whoever only looks again leaves the note of another tab's form to that tab.
    const reply = await fetch(address, { cache: "no-store", ...(init ?? { headers: { "x-opschat-looks-again": "yes" } }) });
    if (!reply.ok && reply.status !== 404 || new URL(reply.url).pathname.startsWith("/owner/sign-in")) return null;
    return { address: reply.url, page: new DOMParser().parseFromString(await reply.text(), "text/html") };
  } catch {
    return null;
  }
}

/** Where a button of a form posts to: its own address, if it has one. */
export const addressOf = (form, button) => button?.hasAttribute("formaction") ? button.formAction : form.action;

/** Posts a form as the browser would, and gives the page that follows; null when the browser should do it itself. */
export function post(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  return pageAt(addressOf(form, button), { method: "POST", body });
}

/** A small form of our own, with the page's token; the answer, or null. */
export async function tell(path, fields) {
  const token = document.querySelector("input[name=__RequestVerificationToken]")?.value;
  if (!token) return null;
  try {
    const reply = await fetch(path, { method: "POST", body: new URLSearchParams({ ...fields, __RequestVerificationToken: token }), headers: { accept: "application/json" } });
    return reply.ok && !reply.redirected ? await reply.json() : null;
  } catch {
    return null;
  }
}

/** The sentence that a page begins with, put where the reader sees it. */
export function showFlash(page) {
  const [here, there] = [document.getElementById("flash"), page.getElementById("flash")];
  if (!here || !there) return;
  const said = there.querySelector(".flash");
  here.replaceChildren(...(said ? [said] : []));
  forgetWhatWasDone(said);
}
