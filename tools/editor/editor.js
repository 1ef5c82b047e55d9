// The console's text editor: CodeMirror with what playbooks, prompts and settings need. It lives in a shadow root, because there its styles are
// adopted style sheets, which the page's content policy allows without an exception.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Headings, places for facts, conditions in backticks, and the settings between the two lines of dashes. */
const playbook = StreamLanguage.define({
  name: "playbook",
  startState: () => ({ front: null }),
  token(stream, state) {
    if (stream.sol()) {
      if (stream.match(/^---\s*$/)) {
        state.front = state.front === null;
        return "meta";
      }
      if (state.front === null) state.front = false;
      if (state.front && stream.match(/^\s*#.*/)) return "comment";
      if (state.front && stream.match(/^\s*[\w-]+(?=:)/)) return "propertyName";
      if (!state.front && stream.match(/^#{1,6}\s.*/)) return "heading";
      if (!state.front && stream.match(/^\s*[-*]\s/)) return "punctuation";
    }
    if (stream.match(/^\{\{[^}]*\}\}/)) return "variableName";
    if (!state.front && stream.match(/^`[^`]*`/)) return "keyword";
    if (state.front && stream.match(/^"[^"]*"/)) return "string";
    stream.next();
    return null;
  },
});

const json = StreamLanguage.define({
  name: "json",
  token(stream) {
    if (stream.match(/^"(?:[^"\\]|\\.)*"(?=\s*:)/)) return "propertyName";
    if (stream.match(/^"(?:[^"\\]|\\.)*"/)) return "string";
    if (stream.match(/^-?\d+(?:\.\d+)?/) || stream.match(/^(?:true|false|null)\b/)) return "keyword";
    stream.next();
    return null;
  },
});

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "650", color: "var(--accent)" },
  { tag: tags.variableName, color: "var(--control)" },
  { tag: tags.keyword, color: "var(--accent)" },
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: [tags.comment, tags.meta, tags.punctuation], color: "var(--muted)" },
]);

// The browser would type over a selection of several lines with elements that carry a style of their own, which the policy of the page refuses.
function replaceSelected(event, view) {
  if (event.inputType !== "insertText" || !event.data || event.isComposing || view.state.selection.main.empty || view.state.readOnly) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "14px", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Mono', Menlo, monospace", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--own)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--raised)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "8px", maxWidth: "34rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "inherit", opacity: "1" },
  ".cm-diagnostic": { borderLeftWidth: "4px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--danger)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--control)" },
});

/** Facts where a place or a condition is being written. */
const completing = words => context => {
  const typed = context.matchBefore(/[\w.]*/);
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const inPlace = before.lastIndexOf("{{") > before.lastIndexOf("}}");
  const inCondition = (before.match(/`/g)?.length ?? 0) % 2 === 1;
  if (!inPlace && !inCondition) return null;
  if (typed.from === typed.to && !context.explicit && !/[{` ]$/.test(before)) return null;
  return {
    from: typed.from,
    options: words.map(word => ({ label: word.name, detail: word.kind, info: word.meaning || undefined, type: word.kind === "function" ? "function" : "variable" })),
    validFor: /^[\w.]*$/,
  };
};

/** An editor in the place of a text field, which keeps the text for the form. */
export function editorFor(field, { label, language, words, readOnly, changed }) {
  const host = document.createElement("div");
  host.className = "editor";
  field.before(host);
  field.hidden = true;
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(), lintGutter(), EditorView.lineWrapping,
        language === "json" ? json : playbook, syntaxHighlighting(colours), look,
        autocompletion({ override: [completing(words)] }),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
        EditorState.readOnly.of(readOnly), EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.domEventHandlers({ beforeinput: replaceSelected }),
        EditorView.updateListener.of(update => {
          if (!update.docChanged) return;
          field.value = update.state.doc.toString();
          changed();
        }),
      ],
    }),
  });
  // What scrolls can be reached by the keyboard, whatever has the focus inside.
  view.scrollDOM.tabIndex = 0;
  return {
    view,
    /** Marks in the lines. */
    mark(findings) {
      const { doc } = view.state;
      view.dispatch(setDiagnostics(view.state, findings.map(finding => {
        const line = doc.line(Math.min(Math.max(finding.line, 1), doc.lines));
        const from = Math.min(line.from + Math.max(finding.column - 1, 0), line.to);
        return { from, to: line.to, severity: finding.isError ? "error" : "warning", message: `${finding.problem} ${finding.remedy}`.trim() };
      })));
    },
    goTo(number) {
      const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    },
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
  };
}
