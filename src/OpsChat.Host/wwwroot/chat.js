// The customer's side of the chat. A message keeps its id when it is tried again, so a repeat is harmless.
const log = document.getElementById("log");
const form = document.getElementById("composer");
const box = document.getElementById("message");
const typing = document.getElementById("typing");
const trouble = document.getElementById("trouble");
const refused = document.getElementById("refused");
const chosenList = document.getElementById("chosen");
const files = document.getElementById("pictures");

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
const mostPictures = Number(log.dataset.mostPictures);
const mostBytes = Number(log.dataset.mostBytes);

/** Bubbles that the shop has not shown back yet, by the ids of their messages. */
const unconfirmed = new Map();
/** Pictures that go with the next message. */
let chosen = [];
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

/** Pictures of a line; each opens in a tab of its own. */
function gallery(urls) {
  const made = element("p", "pictures");
  urls.forEach((url, i) => {
    const link = element("a", "");
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener";
    const image = element("img", "");
    image.src = url;
    image.alt = `Picture ${i + 1}`;
    image.addEventListener("load", scrollDown);
    link.append(image);
    made.append(link);
  });
  return made;
}

/** Shows pictures in a bubble, in the place of those that it shows already. */
function setGallery(of, urls) {
  of.querySelectorAll(".pictures img").forEach(image => URL.revokeObjectURL(image.src));
  of.querySelector(".pictures")?.remove();
  if (urls.length > 0) of.querySelector(".said").after(gallery(urls));
}

function bubble(from, text) {
  const made = element("div", `bubble ${from}`);
  const said = element("p", "said");
  said.dir = "auto";
  said.hidden = text === "";
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
  const shown = unconfirmed.get(line.id) ?? bubble(line.from, line.text);
  unconfirmed.delete(line.id);
  note(shown, at);
  if (line.pictures) setGallery(shown, line.pictures.map(picture => picture.url));
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

/** A message as it is posted: with pictures as the parts of a form, else as JSON. */
function posted(id, text, pictures) {
  if (pictures.length === 0) return { headers: { "content-type": "application/json" }, body: JSON.stringify({ id, text }) };
  const parts = new FormData();
  parts.append("id", id);
  parts.append("text", text);
  // Their names stay here: a name may tell what a picture does not.
  pictures.forEach(picture => parts.append("file", picture, "picture"));
  return { body: parts };
}

async function send(id, text, pictures, shown) {
  note(shown, "sending…");
  unconfirmed.set(id, shown);
  try {
    const reply = await ask("/chat/messages", { method: "POST", ...posted(id, text, pictures) });
    if (reply.ok) return setTyping(true);
    offerAgain(id, text, pictures, shown, await sentenceOf(reply));
  } catch {
    offerAgain(id, text, pictures, shown, "There is no connection to the shop.");
  }
}

function offerAgain(id, text, pictures, shown, why) {
  // Already shown back: it arrived, and only the answer to the request was lost.
  if (!unconfirmed.has(id)) return;
  note(shown, `Not sent. ${why} `);
  const again = element("button", "again", "Try again");
  again.type = "button";
  again.addEventListener("click", () => send(id, text, pictures, shown));
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

function refuse(sentence) {
  refused.textContent = sentence;
  refused.hidden = sentence === "";
}

/** Why a file cannot go with the next message; null when it can. The shop looks again, and closer. */
function whyNot(file) {
  if (/^image\/hei[cf]/u.test(file.type) || /\.hei[cf]$/iu.test(file.name)) {
    return "This picture is in Apple's HEIC form, which most browsers cannot show. Please send it as JPEG, or a screenshot of it.";
  }

  if (!/^image\/(jpeg|png|webp)$/u.test(file.type)) return "Only pictures can be sent here: JPEG, PNG or WebP.";
  if (file.size > mostBytes) return `This picture has more than ${mostBytes / 1024 / 1024} MB. Please send a smaller one.`;
  return chosen.length >= mostPictures ? `A message can have at most ${mostPictures} pictures. Please send the others with another one.` : null;
}

function choose(several) {
  refuse("");
  for (const file of several) {
    const why = whyNot(file);
    if (why !== null) refuse(why);
    else chosen.push(file);
  }

  showChosen();
}

function showChosen() {
  chosenList.querySelectorAll("img").forEach(image => URL.revokeObjectURL(image.src));
  chosenList.hidden = chosen.length === 0;
  chosenList.replaceChildren(...chosen.map((file, i) => {
    const item = element("li", "");
    const image = element("img", "");
    image.src = URL.createObjectURL(file);
    image.alt = `Picture ${i + 1}`;
    const remove = element("button", "remove", "×");
    remove.type = "button";
    remove.setAttribute("aria-label", `Remove picture ${i + 1}`);
    remove.addEventListener("click", () => {
      chosen = chosen.filter(other => other !== file);
      showChosen();
      box.focus();
    });
    item.append(image, remove);
    return item;
  }));
}

document.getElementById("add").addEventListener("click", () => files.click());
files.addEventListener("change", () => {
  choose(files.files);
  files.value = "";
  box.focus();
});

box.addEventListener("paste", event => {
  if (event.clipboardData.files.length === 0) return;
  event.preventDefault();
  choose(event.clipboardData.files);
});

const chat = document.querySelector(".chat-main");
for (const kind of ["dragenter", "dragover"]) {
  chat.addEventListener(kind, event => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    chat.classList.add("dropping");
  });
}

chat.addEventListener("dragleave", event => {
  if (!chat.contains(event.relatedTarget)) chat.classList.remove("dropping");
});
chat.addEventListener("drop", event => {
  chat.classList.remove("dropping");
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  choose(event.dataTransfer.files);
});

form.addEventListener("submit", event => {
  event.preventDefault();
  const text = box.value.trim();
  const pictures = chosen;
  if ((text === "" && pictures.length === 0) || form.dataset.ready !== "yes") return;
  box.value = "";
  chosen = [];
  refuse("");
  showChosen();
  grow();
  const shown = bubble("customer", text);
  setGallery(shown, pictures.map(picture => URL.createObjectURL(picture)));
  scrollDown();
  send(newId(), text, pictures, shown);
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
