// Tells the page what was committed: server-sent events, one connection, again from the last number when it breaks.

const listeners = new Set();
let source = null;

/** @param {(change: {number: number, kind: string, conversation: string | null}) => void} listener */
export function onChange(listener) {
  listeners.add(listener);
  if (source) return;
  source = new EventSource("/owner/events");
  source.addEventListener("open", () => document.documentElement.setAttribute("data-live", "yes"));
  source.addEventListener("error", () => document.documentElement.setAttribute("data-live", "no"));
  source.addEventListener("change", event => {
    const change = JSON.parse(event.data);
    listeners.forEach(one => one(change));
  });
}

/** Runs work soon after it is asked for, once for many wishes, and never two at once. */
export function gathered(work, wait = 120) {
  let timer = 0, running = false, again = false;
  const run = async () => {
    timer = 0;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await work();
    } finally {
      running = false;
      if (again) {
        again = false;
        timer = setTimeout(run, wait);
      }
    }
  };
  return () => { timer ||= setTimeout(run, wait); };
}
