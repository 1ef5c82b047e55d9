// One line puts the shop's chat on any page: <script src="https://chat.shop.example/widget.js" async></script>
// It adds a button and, once opened, a frame of the chat's own origin; nothing of the page is read. Settings are attributes of the script tag:
// data-color="#0f6b57", data-side="left", data-width="380", data-height="600", data-label="Chat with us".
(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("opschat-widget")) return;
  const origin = new URL(script.src).origin;
  const set = script.dataset;
  const color = /^#[0-9a-f]{6}$/i.test(set.color ?? "") ? set.color : "#0f6b57";
  const side = set.side === "left" ? "left" : "right";
  const label = set.label || "Chat with us";
  const pixels = (text, usual, least, most) => Math.min(Math.max(Number.parseInt(text, 10) || usual, least), most);
  const [width, height] = [pixels(set.width, 380, 280, 640), pixels(set.height, 600, 320, 900)];
  const used = "opschat-widget";

  /** Dark or white, whichever is easier to read on the colour. */
  function readableOn(hex) {
    const [r, g, b] = [1, 3, 5].map(i => Number.parseInt(hex.slice(i, i + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#05231d" : "#ffffff";
  }

  const styles = `
    :host { all: initial; }
    button, .panel { position: fixed; ${side}: 20px; z-index: 2147483000; }
    button { bottom: 20px; height: 52px; padding: 0 20px; border: 0; border-radius: 999px; background: ${color}; color: ${readableOn(color)};
      font: 600 16px system-ui, sans-serif; box-shadow: 0 4px 16px rgb(0 0 0 / 22%); cursor: pointer; }
    button:focus-visible { outline: 3px solid ${color}; outline-offset: 3px; }
    .badge { display: inline-block; min-width: 20px; margin-left: 8px; padding: 1px 5px; border-radius: 999px; background: #b3261e; color: #fff; font-size: 13px; }
    .panel { bottom: 84px; width: min(${width}px, calc(100vw - 40px)); height: min(${height}px, calc(100dvh - 104px)); border-radius: 14px; overflow: hidden;
      box-shadow: 0 8px 40px rgb(0 0 0 / 28%); background: Canvas; }
    iframe { border: 0; width: 100%; height: 100%; }
    [hidden] { display: none; }
    @media (max-width: 480px) { .panel { left: 0; right: 0; bottom: 84px; width: 100vw; height: calc(100dvh - 84px); border-radius: 14px 14px 0 0; } }`;

  /** Whether this page's site may remember; where it may not, the chat is still there. */
  function remember() {
    try {
      localStorage.setItem(used, "1");
    } catch {
      // The page's site keeps nothing; the frame keeps what it needs by itself.
    }
  }
  function isRemembered() {
    try {
      return localStorage.getItem(used) === "1";
    } catch {
      return false;
    }
  }

  function begin() {
    const host = document.createElement("opschat-widget");
    const root = host.attachShadow({ mode: "open" });
    // A sheet made by script is allowed under any style policy of the page.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];

    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    const [words, badge, panel] = [document.createElement("span"), document.createElement("span"), document.createElement("div")];
    words.textContent = label;
    badge.className = "badge";
    badge.hidden = true;
    button.append(words, badge);
    panel.className = "panel";
    panel.hidden = true;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", label);
    root.append(panel, button);
    document.body.append(host);

    let frame = null;
    let isReady = false;
    const tell = () => {
      if (isReady) frame.contentWindow.postMessage({ opschat: panel.hidden ? "closed" : "open" }, origin);
    };
    const load = () => {
      if (frame) return;
      frame = document.createElement("iframe");
      frame.title = label;
      frame.src = `${origin}/widget#${color.slice(1)}`;
      // The chat says that it is there before its page is loaded. Where it does not, this page may not hold it: its visitors need not see that.
      frame.addEventListener("load", () => setTimeout(() => {
        if (isReady) return;
        host.remove();
        console.warn(`OpsChat: the chat cannot be shown here. If this is your shop, name ${location.origin} in OpsChat__Widget__Origins and start OpsChat again.`);
      }, 3000));
      panel.append(frame);
    };
    const setOpen = open => {
      if (open) {
        load();
        remember();
      }
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      words.textContent = open ? "Close" : label;
      tell();
      if (!open) button.focus();
    };

    button.addEventListener("click", () => setOpen(panel.hidden));
    root.addEventListener("keydown", event => {
      if (event.key === "Escape" && !panel.hidden) setOpen(false);
    });
    window.addEventListener("message", event => {
      if (event.origin !== origin || event.source !== frame?.contentWindow) return;
      if (event.data?.opschat === "ready") {
        isReady = true;
        tell();
      }
      if (event.data?.opschat === "close") setOpen(false);
      if (event.data?.opschat === "unread") {
        const count = Number(event.data.count) || 0;
        badge.textContent = count > 9 ? "9+" : String(count);
        badge.hidden = count === 0;
        button.setAttribute("aria-label", count === 0 ? words.textContent : `${words.textContent}, ${count} unread`);
      }
    });
    // Who wrote before hears of an answer on every page.
    if (isRemembered()) load();
  }

  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
