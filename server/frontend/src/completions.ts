// What may come next: variables of the question, words of the language, terms of the graph.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

interface Term {
  name: string;
  label: string;
  kind: string;
}

const WORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE ORDER BY ASC DESC LIMIT OFFSET GROUP HAVING " +
  "OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES AS EXISTS NOT IN PREFIX BASE UNDEF"
).split(" ");
const CALLS = (
  "COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI COALESCE IF STRLEN SUBSTR UCASE " +
  "LCASE STRSTARTS STRENDS CONTAINS STRBEFORE STRAFTER CONCAT REGEX REPLACE ABS ROUND CEIL FLOOR YEAR MONTH DAY ISIRI " +
  "ISBLANK ISLITERAL ISNUMERIC SAMETERM"
).split(" ");

/** Make the sources for a form that says where terms are asked for and which prefixes are known. */
export function completions(form: HTMLFormElement): CompletionSource[] {
  const address = form.dataset["terms"] ?? "";
  const prefixes = (form.dataset["prefixes"] ?? "").split(" ").filter(Boolean);
  return [variables, (context) => words(context, prefixes), (context) => terms(context, address)];
}

function variables(context: CompletionContext): CompletionResult | null {
  const typed = context.matchBefore(/[?$]\w*/);
  if (!typed) return null;
  const text = context.state.doc.toString();
  const here = context.state.sliceDoc(typed.from, typed.to);
  const known = new Set([...text.matchAll(/[?$]\w+/g)].map((found) => found[0]).filter((name) => name !== here));
  return { from: typed.from, options: [...known].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
}

function words(context: CompletionContext, prefixes: string[]): CompletionResult | null {
  const typed = context.matchBefore(/(?<![?$:\w])\w+/);
  if (!typed && !context.explicit) return null;
  const options: Completion[] = [
    ...WORDS.map((label) => ({ label, type: "keyword" })),
    ...CALLS.map((label) => ({ label, apply: `${label}(`, type: "function" })),
    ...prefixes.map((prefix) => ({ label: `${prefix}:`, type: "namespace", detail: "prefix" })),
  ];
  return { from: typed ? typed.from : context.pos, options, validFor: /^\w*$/ };
}

async function terms(context: CompletionContext, address: string): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/(?<![?$\w])[\w-]+(?::[\w.-]*)?/);
  if (!typed || typed.text.length < 2) return null;
  const given = new AbortController();
  context.addEventListener("abort", () => given.abort());
  try {
    const response = await fetch(`${address}?${new URLSearchParams({ text: typed.text })}`, { signal: given.signal });
    const found: Term[] = response.ok ? await response.json() : [];
    const options = found.map(({ name, label, kind }) => ({
      label: name,
      detail: label ? `${label} (${kind})` : kind,
      type: kind,
    }));
    // A label may be what was typed, so the server's choice stands and is asked for again.
    return { from: typed.from, options, filter: false };
  } catch {
    return null; // who types on or is without the server is not told at each letter
  }
}
