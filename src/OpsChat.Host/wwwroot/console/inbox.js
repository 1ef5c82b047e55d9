// The list: more rows as one scrolls, far ones put away, changed ones in place, new ones only when nobody is reading below them.
import { pageAt } from "./forms.js";
import { onChange, gathered } from "./live.js";

const list = document.getElementById("list");
const section = document.querySelector(".inbox");
const news = document.getElementById("news");
const mostPages = 5;

const query = () => section.dataset.query;
const openId = () => document.getElementById("conversation")?.dataset.id ?? "";

async function rowsAfter(next) {
  const reply = await fetch(`/owner/inbox/rows?${query()}${next ? `&after=${encodeURIComponent(next)}` : ""}`, { cache: "no-store" }).catch(() => null);
  if (!reply?.ok || reply.redirected) return null;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const rows = page.querySelector(".rows");
  rows?.querySelectorAll(".row").forEach(row => mark(row, row.dataset.id === openId()));
  return rows;
}

export function mark(row, isOpen) {
  row.classList.toggle("open", isOpen);
  const link = row.querySelector("a");
  if (isOpen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/** Pages far from the eye keep their height and lose their rows; they come back when one scrolls there. */
const watched = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting && target.dataset.away !== undefined) bringBack(target);
    else if (!isIntersecting && list.querySelectorAll(".rows:not([data-away])").length > mostPages && !target.contains(document.activeElement)) {
      target.style.height = `${target.offsetHeight}px`;
      target.dataset.away = "";
      target.replaceChildren();
    }
  }
}, { root: list, rootMargin: "600px" });

async function bringBack(page) {
  delete page.dataset.away;
  const rows = await rowsAfter(page.dataset.after ?? "");
  if (rows) page.replaceChildren(...rows.children);
  page.style.height = "";
}

const more = new IntersectionObserver(async entries => {
  if (!entries.some(entry => entry.isIntersecting)) return;
  const last = [...list.querySelectorAll(".rows")].at(-1);
  const next = last?.dataset.next;
  if (!next || last.dataset.loading) return;
  last.dataset.loading = "yes";
  const rows = await rowsAfter(next);
  delete last.dataset.loading;
  if (!rows) return;
  rows.dataset.after = next;
  last.after(rows);
  watched.observe(rows);
  const end = list.querySelector(".next");
  if (!rows.dataset.next) end?.remove();
  else if (end) {
    more.unobserve(end);
    more.observe(end);
  }
}, { root: list, rootMargin: "400px" });

/** Whether somebody's pointer, focus or eye would lose its place. */
const isBusy = () => list.scrollTop > 8 || list.contains(document.activeElement) && document.activeElement !== list || list.matches(":hover");

/** Brings the first page up to date: changed rows change where they stand, gone ones turn grey, new ones wait behind a pill unless the list is at rest. */
export const refresh = gathered(async () => {
  const fresh = await pageAt(`/owner${query() ? `?${query()}` : ""}`);
  const rows = fresh?.page.querySelector("#list .rows");
  if (!rows) return;
  document.querySelectorAll("[data-count=inbox]").forEach(count => {
    count.textContent = fresh.page.querySelector("[data-count=inbox]").textContent;
  });
  if (!openId()) document.title = fresh.page.title;
  for (const id of ["inbox-count", "inbox-what"]) document.getElementById(id).textContent = fresh.page.getElementById(id).textContent;
  const first = list.querySelector(".rows");
  const [now, then] = [new Map([...rows.children].map(row => [row.dataset.id, row])), [...list.querySelectorAll(".row")]];
  const known = new Set(then.map(row => row.dataset.id));
  const added = [...now.keys()].filter(id => !known.has(id));
  if (!isBusy()) {
    rows.querySelectorAll(".row").forEach(row => mark(row, row.dataset.id === openId()));
    for (const row of rows.querySelectorAll(".pick")) row.checked = list.querySelector(`.pick[value="${CSS.escape(row.value)}"]`)?.checked ?? false;
    first.replaceWith(rows);
    list.querySelector(":scope > .empty")?.remove();
    const empty = fresh.page.querySelector("#list > .empty");
    if (empty) list.prepend(empty);
    pill(0);
    return;
  }
  for (const row of then) {
    const to = now.get(row.dataset.id);
    if (to && to.dataset.state !== row.dataset.state) {
      mark(to, row.dataset.id === openId());
      row.dataset.state = to.dataset.state;
      row.classList.remove("gone");
      row.querySelector("a").replaceChildren(...to.querySelector("a").children);
    } else if (!to && first.contains(row) && !rows.dataset.next) row.classList.add("gone");
  }
  pill(added.length);
});

function pill(count) {
  news.hidden = count === 0;
  news.replaceChildren();
  if (count === 0) return;
  const show = document.createElement("button");
  show.type = "button";
  show.textContent = `${count} new: show`;
  show.addEventListener("click", () => {
    list.scrollTop = 0;
    list.focus({ preventScroll: true });
    show.blur();
    pill(0);
    atRest();
  });
  news.append(show);
}

/** The reader asked for it, so the list may move now. */
async function atRest() {
  const fresh = await pageAt(`/owner${query() ? `?${query()}` : ""}`);
  const rows = fresh?.page.querySelector("#list .rows");
  if (!rows) return;
  list.querySelectorAll(".rows").forEach((page, place) => place > 0 && page.remove());
  rows.querySelectorAll(".row").forEach(row => mark(row, row.dataset.id === openId()));
  list.querySelector(".rows").replaceWith(rows);
}

function countPicked() {
  const picked = document.querySelectorAll(".pick:checked").length;
  document.getElementById("picked").textContent = picked > 0 ? `(${picked})` : "";
  document.getElementById("bulk").classList.toggle("on", picked > 0);
}

export function startInbox() {
  if (!list) return;
  const end = list.querySelector(".next");
  if (end) more.observe(end);
  list.querySelectorAll(".rows").forEach(page => watched.observe(page));
  list.addEventListener("change", countPicked);
  countPicked();
  onChange(change => change.kind !== "notice" && change.kind !== "alert" && change.kind !== "outbox" && refresh());
}
