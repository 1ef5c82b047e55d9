// Keys for everything, as the list behind ? says. None works while one writes.

const places = { i: "/owner", t: "/owner/today", e: "/owner/exceptions" };
let wentAt = 0;

const rows = () => [...document.querySelectorAll("#list .row")];

function step(by) {
  const all = rows();
  const at = all.findIndex(row => row.contains(document.activeElement));
  const from = at < 0 ? all.findIndex(row => row.classList.contains("open")) : at;
  const next = all[Math.min(all.length - 1, Math.max(0, from < 0 ? 0 : from + by))];
  next?.querySelector("a").focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Goes to what a key stands for; a summary opens, a button only gets the focus: nothing leaves by one key. */
function goTo(key) {
  const target = document.querySelector(`#conversation [data-key="${key}"]`);
  if (!target) return false;
  if (target.tagName === "SUMMARY") {
    target.parentElement.open = true;
    (target.parentElement.querySelector("textarea, select, input:not([type=hidden])") ?? target).focus();
  } else target.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

/** Whether what the key was pressed in takes letters itself: a field, or an editor, which may lie in a shadow tree and so hide from event.target. */
const isWriting = event => {
  const [target] = event.composedPath();
  return target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select");
};

export function startKeys() {
  const help = document.getElementById("keys");
  document.querySelectorAll("[data-open=keys]").forEach(button => button.addEventListener("click", () => help.showModal()));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event)) return;
    if (event.target.closest(".spot")) return;
    const key = event.key;
    if (wentAt > Date.now() - 1500 && places[key]) {
      location.assign(places[key]);
    } else if (key === "g") {
      wentAt = Date.now();
      return;
    } else if (key === "?") help.showModal();
    else if (key === "/") document.getElementById("find")?.focus();
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "x" && event.target.closest(".row")) event.target.closest(".row").querySelector(".pick").click();
    else if (!/^[aert12zn]$/.test(key) || !goTo(key)) return;
    event.preventDefault();
    wentAt = 0;
  });
}

