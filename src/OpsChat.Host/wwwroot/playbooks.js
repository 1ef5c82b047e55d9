// The editor of the owner's files. The form works without it; with it the text is checked, shown and tried as it is written.
import { editorFor } from "/editor.js";

const studio = document.getElementById("studio");
const form = document.getElementById("writing");
const field = document.getElementById("text");
const saving = document.getElementById("saving");
const begun = field.value;
let leaving = false;
/** What is put back after a save was written during it, and says nothing against that the save was done. */
let putsBack = false;
/** Whether a save waits for what is asked of the text; pressed again, it waits no longer. */
let waits = false;
let mayGo = false;
const tries = studio.dataset.tries === "yes";
const noAnswer = "OpsChat did not answer. Try again in a moment.";

// What is written is kept in this tab until it is saved, also what is written while a save is under way.
const keptKey = `opschat file ${studio.dataset.file}`;
const version = form.elements.Begun.value;
const plain = text => text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");

/** `posted` is what a save that has begun was given; it stays until that save is over, and so does what is typed into the form beside it. */
function keep(text, posted = JSON.parse(sessionStorage.getItem(keptKey) ?? "{}").posted) {
  if (studio.dataset.readOnly !== "yes") sessionStorage.setItem(keptKey, JSON.stringify({ version, text, posted, typed: Object.fromEntries(typedInSave) }));
}
const typedInSave = new Map();

/** Puts back what was written while the text of this page was being saved; what was left behind otherwise is offered. */
function takeBack() {
  const kept = JSON.parse(sessionStorage.getItem(keptKey) ?? "null");
  sessionStorage.removeItem(keptKey);
  const typed = Object.entries(kept?.typed ?? {});
  if (!kept || (plain(kept.text) === plain(begun) && typed.length === 0)) return;
  if (kept.posted !== undefined && plain(kept.posted) === plain(begun)) {
    putsBack = true;
    editor.set(kept.text);
    for (const [name, value] of typed) {
      const to = list?.querySelector(`[name="${CSS.escape(name)}"]`);
      if (to) to.value = value;
    }
    if (typed.length > 0) sync(0);
    putsBack = false;
    saving.textContent = "Not saved: what you wrote during the save stands here.";
  } else if (kept.version === version) {
    sessionStorage.setItem(keptKey, JSON.stringify(kept));
    const back = element("button", "", "Put back what you wrote and did not save");
    back.type = "button";
    back.addEventListener("click", () => {
      editor.set(kept.text);
      back.remove();
    });
    saving.after(back);
  }
}

/** What became of an earlier try is no news of this text any more. */
function forgetEarlier(which = ".flash") {
  if (!putsBack) document.querySelector(`#flash ${which}`)?.remove();
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Asks the server about the text as it stands. Null when no answer came; with `trouble` where the text cannot be tried as it is. */
async function ask(what, more = {}, signal) {
  const body = new URLSearchParams(new FormData(form));
  Object.entries(more).forEach(([name, value]) => body.set(name, value));
  const reply = await fetch(`/owner/playbooks/${what}`, { method: "POST", body, signal, headers: { accept: "application/json" } });
  return reply.ok && !reply.redirected ? reply.json() : null;
}

/** What is asked of the server while one writes; a save calls all of it off, so that nothing stands in its way. */
const asked = [];

/**
 * Does a thing a moment after the last call, and drops an answer that a later call has overtaken. `isDue` says whether the latest call has no answer
 * yet, and `done` when it has. Where the server cannot be reached, `failed` says so.
 */
function later(wait, work, failed = () => {}) {
  let timer = 0, running = null, latest = 0, due = false, waiting = [];
  const callOff = () => {
    clearTimeout(timer);
    running?.abort();
  };
  asked.push(callOff);
  const call = after => {
    callOff();
    due = true;
    const mine = ++latest;
    timer = setTimeout(async () => {
      running = new AbortController();
      try {
        await work(running.signal);
      } catch (error) {
        if (error instanceof TypeError) failed();
        else if (error.name !== "AbortError") throw error;
      } finally {
        if (mine === latest) {
          due = false;
          waiting.forEach(go => go());
          waiting = [];
        }
      }
    }, typeof after === "number" ? after : wait);
  };
  call.isDue = () => due;
  call.done = () => due ? new Promise(go => waiting.push(go)) : Promise.resolve();
  return call;
}

/** What stands there is of a text that has changed since: it turns grey at once, and says that it is looked at anew. */
function outdate(...ids) {
  for (const box of ids.map(id => document.getElementById(id)).filter(box => box)) {
    box.classList.add("outdated");
    box.setAttribute("aria-busy", "true");
  }
  studio.dataset.state = "checking";
}

function upToDate(box) {
  box.classList.remove("outdated");
  box.removeAttribute("aria-busy");
}

function showFindings(findings) {
  editor.mark(findings);
  const box = document.getElementById("findings");
  upToDate(box);
  if (findings.length === 0) return showSound(box);
  const list = element("ul");
  for (const finding of findings.slice(0, 8)) {
    const go = element("button", "", `Line ${finding.line}: ${finding.problem} ${finding.remedy}`);
    go.type = "button";
    go.addEventListener("click", () => editor.goTo(finding.line));
    list.append(element("li", finding.isError ? "error" : "warning", finding.isError ? "Error. " : "Warning. ", go));
  }
  box.replaceChildren(list);
  if (findings.length > 8) list.append(element("li", "", `${findings.length - 8} more are marked in the text.`));
}

function showNoFindings() {
  const box = document.getElementById("findings");
  upToDate(box);
  box.replaceChildren(element("span", "trouble", `The text could not be checked. ${noAnswer}`));
}

/** A text without errors whose tests end otherwise is not done. */
let wrong = 0;
const showSound = box => box.replaceChildren(wrong === 0 ? element("span", "muted", "✓ Nothing to mend")
  : element("span", "warning", `Nothing to mend in the text, but ${wrong === 1 ? "one of its tests ends" : `${wrong} of its tests end`} otherwise: see “Its tests”.`));

let language = null;

function showPreviews(previews) {
  const box = document.getElementById("previews");
  if (!box || !previews) return;
  const languages = [...new Set(previews.map(p => p.language))];
  if (!languages.includes(language)) language = languages[0];
  const tabs = element("div", "tabs");
  tabs.setAttribute("role", "group");
  tabs.setAttribute("aria-label", "Language");
  for (const tag of languages) {
    const tab = element("button", "", tag);
    tab.type = "button";
    tab.setAttribute("aria-pressed", String(tag === language));
    tab.addEventListener("click", () => {
      language = tag;
      showPreviews(previews);
    });
    tabs.append(tab);
  }
  const shown = previews.filter(p => p.language === language && p.holds !== false).map(preview => {
    const said = element("p", "said", preview.text ?? `Cannot be shown with this order: it has no ${preview.missing.join(", ")}.`);
    said.lang = preview.language;
    said.dir = "auto";
    return element("div", "preview", element("h3", "", preview.of === "Standard reply" ? preview.of : `When ${preview.of}`), said);
  });
  const others = previews.filter(p => p.language === language && p.holds === false).length;
  box.replaceChildren(tabs, ...shown, ...(others > 0 ? [element("p", "muted", `${others} more do not hold for this order.`)] : []));
}

function showTests(answer) {
  const box = document.getElementById("tests");
  if (!box) return;
  upToDate(box);
  if (!answer) return box.replaceChildren(element("p", "trouble", `These could not be run. ${noAnswer}`));
  if (answer.trouble) wrong = 0;
  if (answer.trouble) return box.replaceChildren(element("p", "empty", answer.trouble));
  const tests = answer.tests;
  wrong = tests.filter(t => !t.passed && !t.needsTheShop).length;
  const findings = document.getElementById("findings");
  if (findings.querySelector("span")) showSound(findings);
  if (tests.length === 0) return box.replaceChildren(element("p", "empty", "It has none yet. Write a table below ## Tests."));
  const open = tests.filter(t => t.needsTheShop).length;
  const list = element("ul", "outcomes");
  for (const test of tests) {
    const [kind, sign] = test.passed ? ["passed", "✓ right: "] : test.needsTheShop ? ["open", "? not known: "] : ["failed", "✗ wrong: "];
    const item = element("li", kind, element("p", "", element("span", "sign", sign), `“${test.says}”`));
    if (!test.passed) item.append(element("p", "muted", test.trouble ?? `should end in ${test.expect}, and ends in ${test.ended}`));
    if (test.aside) item.append(element("p", "muted", test.aside));
    if (test.reply) {
      const more = element("details", "", element("summary", "", "Reply"), element("p", "words", test.reply));
      item.append(more);
    }
    list.append(item);
  }
  box.replaceChildren(element("p", wrong > 0 ? "trouble" : "",
    wrong > 0 ? `${wrong} of ${tests.length} ${wrong === 1 ? "ends" : "end"} otherwise.`
      : open > 0 ? `The shop's data could not be read just now: ${open} of ${tests.length} say nothing.`
      : tests.length === 1 ? "It ends as it should." : `All ${tests.length} end as they should.`), list);
}

function ending(name, what) {
  return element("p", "", element("span", "muted", `${name}: `), `${what.verdict}, ${what.playbook ?? "no playbook"}${what.text ? `: ${what.text}` : ""}`);
}

function showEffect(effect) {
  const box = document.getElementById("effect");
  if (!effect) return box.replaceChildren(element("p", "trouble", noAnswer));
  if (effect.trouble) return box.replaceChildren(element("p", "trouble", effect.trouble));
  if (effect.turns === 0) return box.replaceChildren(element("p", "empty", "Nobody wrote in the last week."));
  const it = effect.summary;
  const sentence = effect.changed === 0 ? `None of last week's ${effect.turns} turns changes.`
    : `This edit changes ${effect.changed} of last week's ${effect.turns} turns: ${it.answeredNow} would be answered that went to a person, ${it.noLongerAnswered} no longer, ${it.answeredOtherwise} in other words, ${it.other} otherwise. ` +
      `What is known since agrees with ${it.agree} and contradicts ${it.contradict}.`;
  const list = element("ul", "outcomes");
  for (const turn of effect.worst) {
    const link = element("a", "", "Open the conversation");
    link.href = turn.path;
    list.append(element("li", turn.known === "contradicts" ? "failed" : "", element("p", "", element("span", "sign", `${turn.known}. `), turn.because), ending("was", turn.before), ending("would be", turn.after), link));
  }
  box.replaceChildren(element("p", "", sentence), ...(effect.undecidable > 0 ? [element("p", "muted", `${effect.undecidable} cannot be decided again.`)] : []), list);
}

const said = [];

/** What was decided on one matter of a message, with the reasons folded below. */
function answerTo(matter) {
  const why = element("details", "", element("summary", "", `${matter.verdict}: why?`),
    element("p", "muted", `${matter.playbook ?? "No playbook"}, ${matter.sure}. ${matter.reasons.join(" ")}`),
    ...matter.facts.map(fact => element("p", "muted", `${fact.name} = ${fact.value} (${fact.source})`)),
    ...matter.nearest.map(near => element("p", "muted", `like “${near.text}” of ${near.playbook}`)));
  return element("li", "line agent", element("p", "meta", "Agent"), ...(matter.draft ? [element("p", "said", matter.draft)] : []), why);
}

function showTried(turns) {
  const list = document.getElementById("tried");
  list.replaceChildren(...turns.flatMap(turn => {
    const own = element("li", "line customer", element("p", "meta", "Customer"), element("p", "said", turn.text));
    return [own, ...[turn, ...turn.others].map(answerTo)];
  }));
  document.getElementById("try-anew").hidden = turns.length === 0;
}

/** A part of the page whose answer is on its way says so. */
async function busy(box, work) {
  box.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    box.removeAttribute("aria-busy");
  }
}

async function tryAgain() {
  if (said.length === 0) return showTried([]);
  const answer = await ask("try", { Said: JSON.stringify(said), Customer: document.getElementById("try-customer").value, At: document.getElementById("try-at").value });
  if (answer?.turns) showTried(answer.turns);
  else document.getElementById("tried").replaceChildren(element("li", "trouble", answer?.trouble ?? noAnswer));
}

const check = later(250, async signal => {
  const order = document.getElementById("order")?.value;
  const answer = await ask("check", order ? { Order: order } : {}, signal);
  if (!answer) return showNoFindings();
  showFindings(answer.findings);
  showPreviews(answer.previews);
  studio.dataset.checked = String(Number(studio.dataset.checked ?? 0) + 1);
  showTrying();
}, showNoFindings);
const test = later(900, async signal => {
  const box = document.getElementById("tests");
  box?.setAttribute("aria-busy", "true");
  if (box) showTests(await ask("test", {}, signal));
  studio.dataset.tested = "yes";
  showTrying();
}, () => showTests(null));

/** Whether something that the text is asked for has no answer yet. */
const isLookedAt = () => check.isDue() || test.isDue();

/** Says so once everything that was asked of the text is answered. */
async function tellWhenChecked() {
  await Promise.all([check.done(), test.done()]);
  if (!isLookedAt()) studio.dataset.state = "checked";
}

/** What stands beside the text comes at once, when the first replies and the first tests are there: nothing moves after it is seen. */
function showTrying() {
  if (studio.dataset.checked && (studio.dataset.tested || !tries || !document.getElementById("tests"))) studio.dataset.looked = "yes";
}
setTimeout(() => { studio.dataset.looked = "yes"; }, 4000);

// What the edit would have done to last week stands there before it is saved; where that takes long, only when it is asked for.
const longest = 5000;
let took = 0;
const effect = later(3000, async signal => {
  if (took > longest) return;
  // The text's own tests come first: both at once would only make each wait for the other.
  await test.done();
  if (signal.aborted) return;
  const start = performance.now();
  const answer = await ask("effect", {}, signal);
  took = performance.now() - start;
  if (answer) showEffect(answer);
});

// The form beside the text: what is filled in is written into the text at once, and what is written in the text stands in the form.
const fields = document.getElementById("fields");
const list = document.getElementById("field-list");

/** What stands in the form and not in the text yet: how often something was typed, and up to which time the text has it. */
let typed = 0, written = 0;

/** @returns Whether the text has what was typed before. */
async function fill(verb, signal) {
  const upTo = typed;
  const body = new URLSearchParams(new FormData(fields));
  body.set("Text", field.value);
  if (verb) body.set("Verb", verb);
  const reply = await fetch("/owner/playbooks/fields/look", { method: "POST", body, signal });
  if (!reply.ok || reply.redirected) return false;
  written = upTo;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").body;
  const text = fresh.querySelector(".of-fields").value;
  takeOver(fresh);
  if (text !== field.value) {
    filling = true;
    editor.set(text);
    filling = false;
  }
  studio.dataset.filled = String(Number(studio.dataset.filled ?? 0) + 1);
  return true;
}

/** The same fields keep their place, so that nothing moves under the hand; other fields take the place of all. */
function takeOver(fresh) {
  const names = root => [...root.querySelectorAll("[name^='F:']")].map(one => one.name).join("\n");
  if (names(list) !== names(fresh)) {
    const opened = new Set([...list.querySelectorAll("details[open] > summary")].map(one => one.textContent));
    const at = document.activeElement?.id;
    list.replaceChildren(...fresh.children);
    list.querySelectorAll("details > summary").forEach(one => { if (opened.has(one.textContent)) one.parentElement.open = true; });
    if (at) document.getElementById(at)?.focus();
    return;
  }
  for (const now of fresh.querySelectorAll(".field")) {
    const to = now.querySelector("[name^='F:']");
    const here = document.getElementById(to.id);
    const was = here.closest(".field").querySelector("[name^='W:']");
    // What is typed meanwhile is newer than the answer.
    if (here !== document.activeElement && here.value !== to.value && here.value === here.dataset.asked) here.value = to.value;
    was.value = to.value;
    if (to.hasAttribute("aria-invalid")) here.setAttribute("aria-invalid", "true");
    else here.removeAttribute("aria-invalid");
    here.closest(".field").querySelector(".hint").replaceChildren(...now.querySelector(".hint").childNodes);
  }
}

let filling = false;
const sync = later(300, signal => {
  list.querySelectorAll("[name^='F:']").forEach(one => { one.dataset.asked = one.value; });
  return fill(null, signal);
});
if (fields) {
  fields.addEventListener("input", event => {
    if (!event.target.name?.startsWith("F:")) return;
    typed++;
    if (leaving) {
      typedInSave.set(event.target.name, event.target.value);
      keep(field.value);
    }
    sync();
  });
  fields.addEventListener("submit", event => {
    event.preventDefault();
    fill(event.submitter?.value || null);
  });
}

const words = await fetch("/owner/playbooks/words").then(reply => (reply.ok && !reply.redirected ? reply.json() : []), () => []);
const editor = editorFor(field, {
  label: studio.dataset.file,
  language: studio.dataset.language,
  words: tries ? words : [],
  readOnly: studio.dataset.readOnly === "yes",
  changed() {
    keep(field.value);
    if (leaving) return;
    // "Saved" is not true of what is written since; what was wrong stays in view until the next try.
    if (field.value !== begun) forgetEarlier(".flash[data-done=yes]");
    if (saving && !waits) saving.textContent = field.value === begun ? "" : "Not saved";
    outdate("findings", ...(tries ? ["tests"] : []));
    check();
    if (fields && !filling) sync();
    if (tries) test();
    tellWhenChecked();
    if (document.getElementById("ask-effect") && field.value !== begun) effect();
  },
});

check(0);
if (tries) test(0);
tellWhenChecked();
if (saving) takeBack();
document.getElementById("order")?.addEventListener("change", check);
document.getElementById("ask-effect")?.addEventListener("click", async event => {
  const button = event.currentTarget;
  button.disabled = true;
  document.getElementById("effect").replaceChildren(element("p", "muted", "Deciding last week's messages once more…"));
  try {
    showEffect(await ask("effect"));
  } finally {
    button.disabled = false;
  }
});
document.getElementById("trying")?.addEventListener("submit", event => {
  event.preventDefault();
  const say = document.getElementById("say");
  said.push(say.value.trim());
  say.value = "";
  busy(document.getElementById("tried"), tryAgain);
});
document.getElementById("try-anew")?.addEventListener("click", () => {
  said.length = 0;
  tryAgain();
});
/** Waits for what is asked of the text. Tests that turn out to end otherwise meanwhile are told first; of results that stood there one knows. */
async function isReady() {
  if (!isLookedAt()) return true;
  saving.textContent = "Checking what you wrote, then it is saved. Press Save again to save it at once.";
  while (isLookedAt()) await Promise.all([check.done(), test.done()]);
  if (wrong === 0) return true;
  saving.textContent = `Not saved: ${wrong === 1 ? "one of its tests ends" : `${wrong} of its tests end`} otherwise. Press Save again to save it all the same.`;
  return false;
}

function leave(button) {
  asked.forEach(callOff => callOff());
  leaving = true;
  if (button?.value === "drop") sessionStorage.removeItem(keptKey);
  else keep(field.value, field.value);
  saving.textContent = "Saving… What you write meanwhile is kept.";
}

form.addEventListener("submit", async event => {
  const button = event.submitter;
  const isWritten = typed === written;
  if (mayGo || button?.value === "drop" || (isWritten && (waits || !isLookedAt()))) return leave(button);
  // A form may not be sent again while it tells that it is sent: what follows begins after that.
  event.preventDefault();
  if (waits) return;
  waits = true;
  forgetEarlier();
  try {
    // What was typed into the form a moment ago is saved too.
    if (!isWritten && !await fill(null).catch(() => false)) {
      saving.textContent = `Not saved. ${noAnswer}`;
      return;
    }
    if (!await isReady() || leaving) return;
  } finally {
    waits = false;
  }
  mayGo = true;
  form.requestSubmit(button);
  mayGo = false;
});
window.addEventListener("beforeunload", event => {
  if (!leaving && field.value !== begun) event.preventDefault();
});
// Back to a page that was left while it was being saved.
window.addEventListener("pageshow", event => {
  if (!event.persisted) return;
  leaving = false;
  waits = false;
  typedInSave.clear();
  saving.textContent = field.value === begun ? "" : "Not saved";
});
form.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    form.querySelector("button[value=save]")?.click();
  }
});
studio.dataset.ready = "yes";
