// Show an answer as table, chart or graph; what draws is fetched when somebody wants to see it.
import { read } from "./table";

type Draw = (place: HTMLElement) => Promise<void>;

/** Put tabs over the answer on the page, if it has rows; the address may name one of them. */
export function tabs(): void {
  const rows = document.getElementById("as-table");
  const table = rows?.querySelector("table");
  if (!rows || !table) return;
  const data = read(table);
  const chart = panel("as-chart");
  const graph = panel("as-graph");
  rows.after(chart, graph);
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Show the answer as");
  list.append(
    tab("Table", rows, async () => {}),
    tab("Chart", chart, async (place) => (await import("./chart")).draw(place, data)),
    tab("Graph", graph, async (place) => (await import("./graph")).draw(place, data)),
  );
  rows.before(list);
  list.addEventListener("keydown", (event) => turn(list, event));
  const named = list.querySelector<HTMLElement>(`[data-name="${CSS.escape(window.location.hash.slice(1))}"]`);
  (named ?? list.querySelector("button"))?.click();
}

function panel(id: string): HTMLElement {
  const place = document.createElement("div");
  place.id = id;
  place.className = "drawn";
  place.tabIndex = 0;
  return place;
}

function tab(words: string, place: HTMLElement, draw: Draw): HTMLButtonElement {
  const button = document.createElement("button");
  let drawn = false;
  button.type = "button";
  button.textContent = words;
  button.dataset["name"] = words.toLowerCase();
  button.id = `${place.id}-tab`;
  button.setAttribute("role", "tab");
  button.setAttribute("aria-controls", place.id);
  place.setAttribute("role", "tabpanel");
  place.removeAttribute("aria-label");
  place.setAttribute("aria-labelledby", button.id);
  button.addEventListener("click", () => {
    select(button);
    if (!drawn) {
      drawn = true;
      draw(place).catch(() => place.append("This could not be drawn."));
    }
  });
  return button;
}

function select(chosen: HTMLElement): void {
  for (const one of chosen.parentElement?.querySelectorAll<HTMLElement>("[role=tab]") ?? []) {
    const is = one === chosen;
    one.setAttribute("aria-selected", String(is));
    one.tabIndex = is ? 0 : -1;
    const place = document.getElementById(one.getAttribute("aria-controls") ?? "");
    if (place) place.hidden = !is;
  }
  const name = chosen.dataset["name"] === "table" ? "" : `#${chosen.dataset["name"]}`;
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search + name);
}

function turn(list: HTMLElement, event: KeyboardEvent): void {
  const all = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
  const here = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -here, End: all.length - 1 - here }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = all[(here + step + all.length) % all.length];
  next?.click();
  next?.focus();
}
