// The open conversation: in place on a wide screen, live, with who else is there.
import { addressOf, keepTyped, pageAt, post, showFlash, tell } from "./forms.js";
import { onChange, gathered } from "./live.js";
import { mark, refresh } from "./inbox.js";
import { watchEdits } from "./edits.js";

const pane = document.getElementById("conversation");
const desk = document.querySelector(".desk");
const wide = matchMedia("(min-width: 62rem)");
let typedAt = 0;

const talk = () => pane.querySelector(".talk");

/**
 * What the reader has opened, typed, chosen and where they stand stays as it is; only what was just posted begins anew.
 * @param posted the form that was posted, with what its fields held then
 */
function put(page, isSame, posted) {
  const fresh = page.getElementById("conversation");
  if (!fresh) return false;
  const opened = isSame ? [...pane.querySelectorAll("details[open]")].map(placeOf) : [];
  const closed = isSame ? [...pane.querySelectorAll("details:not([open])")].map(placeOf) : [];
  const [scrolled, atEnd] = [talk()?.scrollTop ?? 0, !isSame || isAtEnd()];
  const focused = isSame && pane.contains(document.activeElement) ? { id: document.activeElement.id, at: document.activeElement.selectionStart } : null;
  const worked = isSame ? [...pane.querySelectorAll("[id]:is(input, select, textarea)")].filter(field => field.form === posted?.form
    ? posted.values.has(field) && field.value !== posted.values.get(field) : isChanged(field)) : [];
  pane.dataset.id = fresh.dataset.id ?? "";
  pane.replaceChildren(...fresh.children);
  for (const details of pane.querySelectorAll("details")) {
    if (opened.includes(placeOf(details))) details.open = true;
    // What has to be confirmed is never behind a fold.
    else if (closed.includes(placeOf(details)) && !details.querySelector("[name=Confirm]")) details.open = false;
  }
  wire();
  worked.forEach(field => restore(document.getElementById(field.id), field));
  if (talk()) talk().scrollTop = atEnd ? talk().scrollHeight : scrolled;
  if (focused?.id) {
    const field = document.getElementById(focused.id);
    field?.focus({ preventScroll: true });
    if (focused.at !== null && field?.setSelectionRange) field.setSelectionRange(focused.at, focused.at);
  }
  return true;
}

/** Whether somebody changed a field since the page gave it. */
const isChanged = field => field.type === "checkbox" ? field.checked !== field.defaultChecked
  : field.matches("select") ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(option => option.defaultSelected))
  : field.type !== "hidden" && field.value !== field.defaultValue;

function restore(field, worked) {
  if (!field) return;
  if (field.type === "checkbox") field.checked = worked.checked;
  else field.value = worked.value;
}

const isAtEnd = () => !talk() || talk().scrollHeight - talk().scrollTop - talk().clientHeight < 40;

// The words of a card's own fold may change with what it holds.
const placeOf = details => details.dataset.line ?? `${details.closest("[data-line]")?.dataset.line ?? details.closest("article")?.getAttribute("aria-labelledby") ?? ""} ${details.querySelector("summary")?.textContent}`;

function wire() {
  pane.querySelectorAll("form[data-keep]").forEach(keepTyped);
  watchEdits(pane);
  pane.querySelectorAll("[data-canned]").forEach(select => select.addEventListener("change", () => {
    const field = document.getElementById(select.dataset.canned);
    field.value = select.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }));
  pane.querySelectorAll("[data-put]").forEach(button => button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.put);
    field.value = document.getElementById(button.dataset.from).textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }));
  presence();
}

/** Whether a form is being worked in: what it stands on is then not replaced. */
const isBusy = () => {
  const at = document.activeElement;
  return pane.contains(at) && at.matches("textarea, select, input:not([type=checkbox])");
};

const update = gathered(async () => {
  if (!pane.dataset.id) return;
  const fresh = await pageAt(location.href);
  if (!fresh || !fresh.page.getElementById("conversation")) return;
  if (!isBusy()) {
    put(fresh.page, true);
    return;
  }
  // Somebody writes: the transcript goes on, and what was decided meanwhile is said, but no field moves.
  const [old, now] = [pane.querySelector(".transcript"), fresh.page.querySelector(".transcript")];
  if (old && now) {
    const end = isAtEnd();
    old.replaceChildren(...now.children);
    if (end) talk().scrollTop = talk().scrollHeight;
  }
  for (const card of pane.querySelectorAll(".decide article")) {
    const same = fresh.page.querySelector(`.decide article[aria-labelledby="${CSS.escape(card.getAttribute("aria-labelledby"))}"]`);
    card.classList.toggle("gone", !same);
  }
});

export async function open(address, push = true) {
  const fresh = await pageAt(address);
  if (!fresh || !put(fresh.page, false)) {
    location.assign(address);
    return;
  }
  if (push) history.pushState(null, "", address);
  document.title = fresh.page.title;
  desk.classList.toggle("opened", pane.dataset.id !== "");
  document.querySelectorAll(".row").forEach(row => mark(row, row.dataset.id === pane.dataset.id));
}

async function presence() {
  const id = pane.dataset.id;
  if (!id || document.hidden) return;
  const isTyping = Date.now() - typedAt < 6000;
  const told = await tell("/owner/presence", { Id: id, Typing: isTyping ? "yes" : "no" });
  const others = document.getElementById("others");
  if (!told || !others || pane.dataset.id !== id) return;
  const text = told.others.map(other => other.typing ? `${other.name} is writing…` : `${other.name} is here too`).join(" · ");
  if (others.textContent === text) return;
  others.textContent = text;
  others.hidden = text === "";
}

/** On a phone one comes to decide: what would be sent stands whole above its buttons, unless the page is left at another place. */
function showDecision() {
  const card = pane.querySelector(".decide article");
  if (card && scrollY === 0 && !location.hash) card.scrollIntoView({ block: "start", behavior: "instant" });
}

export function startConversation() {
  if (!pane) return;
  document.addEventListener("click", event => {
    const link = event.target.closest(".row > a, a.back");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link.href);
  });
  addEventListener("popstate", () => open(location.href, false));
  pane.addEventListener("submit", async event => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    const values = new Map([...form.elements].filter(field => field.matches("textarea, input:not([type=hidden]):not([type=checkbox])")).map(field => [field, field.value]));
    const after = await post(form, button);
    button?.removeAttribute("aria-busy");
    if (!after || !after.page.getElementById("conversation")) {
      // Not even the page that says why came back: the browser does it, and shows what it gets.
      form.action = addressOf(form, button);
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    showFlash(after.page);
    put(after.page, true, { form, values });
    // What has to be ticked now stands in view, beside the sentence that says so.
    pane.querySelector(".decide [name=Confirm]")?.closest("form").scrollIntoView({ block: "nearest", behavior: "instant" });
    refresh();
  });
  pane.addEventListener("input", event => {
    if (!event.target.matches("[data-typing]")) return;
    const first = Date.now() - typedAt > 4000;
    typedAt = Date.now();
    if (first) presence();
  });
  wire();
  if (talk()) talk().scrollTop = talk().scrollHeight;
  if (!wide.matches) showDecision();
  setInterval(presence, 10000);
  onChange(change => change.conversation === pane.dataset.id && update());
}
