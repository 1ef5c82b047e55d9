// A sound and a notification of the browser for what newly waits for a person; both off until somebody switches them on.
import { onChange } from "./live.js";

const isOn = name => localStorage.getItem(`opschat ${name}`) === "on";
let context = null;

function beep() {
  context ??= new AudioContext();
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.25);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.25);
}

function show(button) {
  const name = button.dataset.signal;
  button.setAttribute("aria-pressed", String(isOn(name)));
  button.textContent = `${name === "sound" ? "Sound" : "Notifications"}: ${isOn(name) ? "on" : "off"}`;
}

export function startSignals() {
  const buttons = [...document.querySelectorAll("[data-signal]")];
  buttons.forEach(show);
  buttons.forEach(button => button.addEventListener("click", async () => {
    const name = button.dataset.signal;
    const wanted = !isOn(name);
    if (wanted && name === "notice" && await Notification.requestPermission() !== "granted") return;
    localStorage.setItem(`opschat ${name}`, wanted ? "on" : "off");
    if (wanted && name === "sound") beep();
    buttons.forEach(show);
  }));
  const told = new Set();
  onChange(change => {
    if (change.kind !== "approval" && change.kind !== "handoff") return;
    const id = change.ids[0];
    if (told.has(id)) return;
    told.add(id);
    if (isOn("sound")) beep();
    if (isOn("notice") && document.hidden && Notification.permission === "granted") {
      const notice = new Notification("OpsChat", { body: change.kind === "approval" ? "An approval waits for you." : "A customer waits for a person.", tag: id });
      notice.onclick = () => {
        focus();
        location.assign(`/owner/conversations/${encodeURIComponent(change.conversation)}`);
      };
    }
  });
}
