// An editor in place of the plain field, which goes on holding the text that is sent.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completions";

export interface Edited {
  /** Mark the line that a problem on the page names; without one take marks away. */
  mark(problem: HTMLElement | null): void;
}

/** Put an editor where the field stands. */
export function editor(form: HTMLFormElement, field: HTMLTextAreaElement): Edited {
  const host = document.createElement("div");
  host.className = "editor";
  // In a shadow root the editor's style needs no style element, which the page's policy forbids.
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ parent: root, root, state: state(form, field) });
  field.hidden = true;
  field.required = false; // a browser cannot point to a hidden field
  field.after(host);
  document.getElementById("query-label")?.addEventListener("click", () => view.focus());
  return { mark: (problem) => mark(view, problem) };
}

function state(form: HTMLFormElement, field: HTMLTextAreaElement): EditorState {
  const asks = { key: "Mod-Enter", run: () => (form.requestSubmit(), true), preventDefault: true };
  const keeps = EditorView.updateListener.of((update) => {
    if (update.docChanged) field.value = update.state.doc.toString();
  });
  return EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(),
      lintGutter(),
      history(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      StreamLanguage.define(sparql),
      syntaxHighlighting(colours),
      autocompletion({ override: completions(form), icons: false }),
      keymap.of([asks, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({ "aria-label": "A question in SPARQL", tabindex: "0", spellcheck: "false" }),
      keeps,
      dress,
    ],
  });
}

function mark(view: EditorView, problem: HTMLElement | null): void {
  const line = Number(problem?.dataset["line"]);
  const known = line >= 1 && line <= view.state.doc.lines;
  if (!problem || !known) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const { from, to } = view.state.doc.line(line);
  const start = Math.min(from + offset(view.state.sliceDoc(from, to), Number(problem.dataset["column"])), to);
  const place = start < to ? { from: start, to } : { from, to };
  const message = problem.querySelector("p")?.textContent ?? "";
  view.dispatch(
    setDiagnostics(view.state, [{ ...place, severity: "error", message }]),
    { effects: EditorView.scrollIntoView(place.from, { y: "center" }) },
  );
}

/** Count the UTF-16 units before a column, which counts code points from 1. */
function offset(line: string, column: number): number {
  return [...line].slice(0, column - 1).join("").length;
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--mark)", fontWeight: "600" },
  { tag: [tags.atom, tags.standard(tags.variableName), tags.namespace], color: "var(--link)" },
  { tag: tags.variableName, color: "var(--endline)" },
  { tag: tags.string, color: "var(--link)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.operator, color: "var(--ink)" },
]);

const dress: Extension = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: ".9rem", maxHeight: "26rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "12rem", padding: ".5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--line) 30%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: ".3rem" },
  ".cm-tooltip-autocomplete ul li": { padding: ".15rem .5rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--ground)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "inherit", marginLeft: "1rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--mark)" },
  // A sign in place of CodeMirror's picture, which the page's policy forbids.
  ".cm-lint-marker-error": { content: "normal" },
  ".cm-lint-marker-error::after": { content: "'●'", color: "var(--mark)", fontSize: "1rem", lineHeight: "1" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--mark)" },
});
