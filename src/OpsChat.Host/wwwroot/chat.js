// The customer's side of the chat. A message keeps its id when it is tried again, so a repeat is harmless.
const log = document.getElementById("log");
const form = document.getElementById("composer");
const box = document.getElementById("message");
const typing = document.getElementById("typing");
const trouble = document.getElementById("trouble");

const names = { customer: "You", agent: log.dataset.agent, person: log.dataset.person };
/** In a frame on a shop's page, where browsers keep cookies away: the visitor is known by a signed word that the frame keeps itself. */
const isWidget = log.dataset.widget === "yes";
const visitorKey = "opschat visitor";
const seenKey = "opschat seen";
let visitor = "";
let isOpen = !isWidget;
let unread = 0;

const longestTyping = 30_000;
const longestPause = 30_000;

/** Bubbles that the shop has not shown back yet, oldest first. */
const unconfirmed = [];
let after = 0;
let typingTimer = 0;

/** What the frame keeps; where the browser lets it keep nothing, it is kept until the page is left. */
const kept = new Map();
function recall(key) {
  try {
    return localStorage.getItem(key) ?? kept.get(key) ?? "";
  } catch {
    return kept.get(key) ?? "";
  }
}
function keep(key, value) {
  kept.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Only this page remembers.
  }
}

function ask(path, options = {}) {
  return fetch(path, isWidget ? { ...options, headers: { ...options.headers, "x-opschat-visitor": visitor } } : options);
}

/** The word by which this visitor is known: the one that was kept, while the shop still knows it, or a new one. */
async function becomeKnown() {
  visitor = recall(visitorKey);
  const reply = await ask("/chat/visitor", { method: "POST" });
  if (!reply.ok) throw new Error(String(reply.status));
  const given = (await reply.json()).visitor;
  if (given !== visitor) keep(seenKey, "0");
  visitor = given;
  keep(visitorKey, visitor);
}

/** The frame's page hears how much was not read yet, and nothing else. */
function countUnread(seq) {
  if (!isWidget) return;
  if (isOpen) keep(seenKey, String(after));
  else if (seq > Number(recall(seenKey))) unread++;
  parent.postMessage({ opschat: "unread", count: isOpen ? 0 : unread }, "*");
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The text as nodes; web addresses become links, everything else stays text. */
function words(text) {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/u).map((part, i) => {
    if (i % 2 === 0) return document.createTextNode(part);
    const link = element("a", "", part);
    link.href = part;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  });
}

function bubble(from, text) {
  const made = element("div", `bubble ${from}`);
  const said = element("p", "said");
  said.dir = "auto";
  said.append(...words(text));
  made.append(element("p", "who", names[from]), said, element("p", "note", ""));
  log.append(made);
  scrollDown();
  return made;
}

function note(of, text) {
  of.querySelector(".note").textContent = text;
}

function scrollDown() {
  document.getElementById("welcome")?.remove();
  log.scrollTop = log.scrollHeight;
}

function setTyping(on) {
  clearTimeout(typingTimer);
  typing.hidden = !on;
  if (on) typingTimer = setTimeout(() => setTyping(false), longestTyping);
}

function setTrouble(sentence) {
  if (trouble.textContent === sentence) return;
  trouble.textContent = sentence;
  trouble.hidden = sentence === "";
}

const thumbs = [["up", "👍", "This helped"], ["down", "👎", "This did not help"], ["person", "🙋", "Talk to a person"]];

/** Buttons for the customer's one word on an automatic answer. */
function offerThumbs(of, seq, given) {
  const group = element("p", "thumbs");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Your word on this answer");
  for (const [word, sign, label] of thumbs) {
    const button = element("button", "thumb", sign);
    button.type = "button";
    button.dataset.word = word;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => giveThumb(group, seq, word));
    group.append(button);
  }
  of.append(group);
  markThumb(group, given);
}

/** One word stands; the others can be chosen no more. */
function markThumb(group, given) {
  for (const button of group.children) {
    button.setAttribute("aria-pressed", String(button.dataset.word === given));
    button.disabled = given !== "none" && button.dataset.word !== given;
  }
}

async function giveThumb(group, seq, word) {
  try {
    const reply = await ask(`/chat/messages/${seq}/thumb`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ word }),
    });
    // 409: another tab was quicker, and its word stands.
    if (reply.ok || reply.status === 409) return markThumb(group, (await reply.json()).thumb);
    setTrouble(await sentenceOf(reply));
  } catch {
    setTrouble("There is no connection to the shop.");
  }
}

function show(line) {
  if (line.seq <= after) return;
  after = line.seq;
  const at = new Date(line.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const own = line.from === "customer" ? unconfirmed.shift() : undefined;
  const shown = own ?? bubble(line.from, line.text);
  note(shown, at);
  if (line.thumb) offerThumbs(shown, line.seq, line.thumb);
  if (line.from !== "customer") {
    setTyping(false);
    countUnread(line.seq);
  }
}

async function sentenceOf(reply) {
  try {
    return (await reply.json()).error;
  } catch {
    return "The shop could not take this message.";
  }
}

async function send(id, text, shown) {
  note(shown, "sending…");
  unconfirmed.push(shown);
  try {
    const reply = await ask("/chat/messages", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id, text }),
    });
    if (reply.ok) return setTyping(true);
    offerAgain(id, text, shown, await sentenceOf(reply));
  } catch {
    offerAgain(id, text, shown, "There is no connection to the shop.");
  }
}

function offerAgain(id, text, shown, why) {
  const place = unconfirmed.indexOf(shown);
  // Already shown back: it arrived, and only the answer to the request was lost.
  if (place < 0) return;
  unconfirmed.splice(place, 1);
  note(shown, `Not sent. ${why} `);
  const again = element("button", "again", "Try again");
  again.type = "button";
  again.addEventListener("click", () => send(id, text, shown));
  shown.querySelector(".note").append(again);
}

async function follow() {
  // The first look answers at once: it gives a new visitor the cookie that every later request needs.
  let wait = 0;
  let pause = 1000;
  for (;;) {
    try {
      if (isWidget && visitor === "") await becomeKnown();
      const reply = await ask(`/chat/messages?after=${after}&wait=${wait}`, { cache: "no-store" });
      if (!reply.ok) throw new Error(String(reply.status));
      (await reply.json()).messages.forEach(show);
      setTrouble("");
      form.dataset.ready = "yes";
      wait = 25;
      pause = 1000;
    } catch {
      setTrouble("There is no connection to the shop. Trying again…");
      await new Promise(go => setTimeout(go, pause));
      pause = Math.min(pause * 2, longestPause);
    }
  }
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
}

form.addEventListener("submit", event => {
  event.preventDefault();
  const text = box.value.trim();
  if (text === "" || form.dataset.ready !== "yes") return;
  box.value = "";
  grow();
  send(newId(), text, bubble("customer", text));
  box.focus();
});

box.addEventListener("keydown", event => {
  // While an input method composes a word, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

box.addEventListener("input", grow);

if (isWidget) {
  const color = location.hash.slice(1);
  if (/^[0-9a-f]{6}$/i.test(color)) {
    const [r, g, b] = [0, 2, 4].map(i => Number.parseInt(color.slice(i, i + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    document.documentElement.style.setProperty("--button", `#${color}`);
    document.documentElement.style.setProperty("--on-button", 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#05231d" : "#ffffff");
  }
  addEventListener("message", event => {
    if (event.source !== parent || !["open", "closed"].includes(event.data?.opschat)) return;
    isOpen = event.data.opschat === "open";
    if (isOpen) {
      unread = 0;
      box.focus();
      log.scrollTop = log.scrollHeight;
    }
    countUnread(0);
  });
  addEventListener("keydown", event => {
    if (event.key === "Escape") parent.postMessage({ opschat: "close" }, "*");
  });
  parent.postMessage({ opschat: "ready" }, "*");
} else {
  box.focus();
}
follow();
