// While a draft is edited: which words changed, and what the shop should look at twice before it leaves.
import { tell } from "./forms.js";

const mostWords = 800;
const wordsOf = text => text.split(/(\s+)/).filter(part => part !== "");

/** The parts of both texts in order, each kept, added or removed: the longest common run of words stays. */
export function changes(before, after) {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length > mostWords || b.length > mostWords) return null;
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const parts = [];
  const add = (kind, text) => parts.at(-1)?.kind === kind ? parts.at(-1).text += text : parts.push({ kind, text });
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i++]);
      j++;
    } else if (i < a.length && (j === b.length || lengths[i + 1][j] >= lengths[i][j + 1])) add("del", a[i++]);
    else add("ins", b[j++]);
  }
  return parts;
}

function draw(place, parts, doubts) {
  const text = document.createElement("p");
  text.dir = "auto";
  for (const part of parts ?? []) {
    if (part.kind === "same") text.append(part.text);
    else {
      const mark = document.createElement(part.kind);
      mark.textContent = part.text;
      text.append(mark);
    }
  }
  const list = document.createElement("ul");
  for (const doubt of doubts) {
    const item = document.createElement("li");
    item.textContent = doubt;
    list.append(item);
  }
  const head = document.createElement("h4");
  head.textContent = "Your changes";
  place.replaceChildren(head, text, ...(doubts.length > 0 ? [list] : []));
  place.hidden = false;
}

/** Beside every field that edits a draft. */
export function watchEdits(root) {
  root.querySelectorAll("textarea[data-edits]").forEach(field => {
    const place = document.createElement("div");
    place.className = "edited";
    place.hidden = true;
    place.setAttribute("role", "status");
    field.after(place);
    let [timer, asked] = [0, 0];
    const look = async () => {
      const [text, mine] = [field.value, ++asked];
      if (text.trim() === field.defaultValue.trim()) {
        place.hidden = true;
        return;
      }
      const parts = changes(field.defaultValue, text);
      draw(place, parts, []);
      const told = await tell("/owner/edits/look", { Id: field.dataset.edits, Text: text });
      if (told && mine === asked) draw(place, parts, told.doubts);
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 250);
    });
    look();
  });
}
