// The menu's number of conversations that wait, on every page that has no list of them: it follows what is committed.
import { gathered, onChange } from "./live.js";

const counts = () => document.querySelectorAll("[data-count=inbox]");

async function recount() {
  const reply = await fetch("/owner/inbox/count", { cache: "no-store" }).catch(() => null);
  if (!reply?.ok || reply.redirected) return;
  const { inbox } = await reply.json();
  counts().forEach(count => { count.textContent = inbox; });
}

export function startCounts() {
  if (document.getElementById("list") || counts().length === 0) return;
  const soon = gathered(recount, 400);
  onChange(change => change.kind !== "notice" && change.kind !== "alert" && change.kind !== "outbox" && soon());
  // The page may come out of the browser's store, and a line that broke may have missed something.
  window.addEventListener("pageshow", event => event.persisted && soon());
  document.addEventListener("visibilitychange", () => document.hidden || soon());
}
