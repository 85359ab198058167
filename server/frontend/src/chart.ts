// Draw an answer as bars: how often a name comes, or a number of each row.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";
import { part, type Table } from "./table";

const MOST = 40; // bars that can still be told apart
const COUNTED = "number of rows";

interface Bars {
  names: string[];
  lengths: number[];
  left: number;
}

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** Draw a chart of a table, with a choice of what is drawn. */
export function draw(place: HTMLElement, table: Table): void {
  const numbers = table.columns.filter((_, column) => isNumeric(table, column));
  const names = table.columns.filter((name) => !numbers.includes(name));
  const by = choice("Bars for", names.length ? names : table.columns);
  const length = choice("Their length", [...numbers, COUNTED]);
  const choices = element("p", "choices");
  choices.append(by.label, length.label);
  const frame = element("div", "canvas");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  frame.append(canvas);
  const note = element("p", "note");
  place.append(choices, frame, note);
  let chart: Chart | null = null;

  const redraw = (): void => {
    const bars = gathered(table, by.select.value, length.select.value);
    chart?.destroy();
    frame.style.height = `${bars.names.length * 26 + 60}px`;
    canvas.setAttribute("aria-label", `Bars: ${length.select.value} by ${by.select.value}. The table tells the same.`);
    chart = bar(canvas, bars, length.select.value);
    const left = bars.left ? `The ${MOST} longest bars are drawn, and ${bars.left} are left out.` : "";
    note.textContent = [part(table), left].filter(Boolean).join(" ");
  };
  by.select.addEventListener("change", redraw);
  length.select.addEventListener("change", redraw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  redraw();
}

function isNumeric(table: Table, column: number): boolean {
  const filled = table.rows.map((row) => row[column]).filter((cell) => cell?.text);
  return filled.length > 0 && filled.every((cell) => cell?.isNumber);
}

/** Add up the rows of each name, the longest first. */
function gathered(table: Table, by: string, length: string): Bars {
  const [name, number] = [table.columns.indexOf(by), table.columns.indexOf(length)];
  const sums = new Map<string, number>();
  for (const row of table.rows) {
    const key = row[name]?.text || "(nothing)";
    sums.set(key, (sums.get(key) ?? 0) + (length === COUNTED ? 1 : Number(row[number]?.text) || 0));
  }
  const sorted = [...sums].sort((one, other) => other[1] - one[1]);
  const shown = sorted.slice(0, MOST);
  return { names: shown.map(([key]) => key), lengths: shown.map(([, sum]) => sum), left: sorted.length - shown.length };
}

function bar(canvas: HTMLCanvasElement, bars: Bars, title: string): Chart {
  const style = getComputedStyle(canvas);
  const [ink, line, fill] = ["--ink", "--line", "--link"].map((name) => style.getPropertyValue(name).trim());
  const ticks = { color: ink, font: { size: 12 } };
  return new Chart(canvas, {
    type: "bar",
    data: { labels: bars.names, datasets: [{ data: bars.lengths, backgroundColor: fill, maxBarThickness: 18 }] },
    options: {
      indexAxis: "y",
      animation: false,
      maintainAspectRatio: false,
      plugins: { tooltip: { displayColors: false } },
      scales: {
        x: { beginAtZero: true, ticks: { ...ticks, precision: 0 }, grid: { color: line }, title: { display: true, text: title, color: ink } },
        y: { ticks: { ...ticks, autoSkip: false, callback: (_, row) => short(bars.names[row] ?? "", canvas) }, grid: { display: false } },
      },
    },
  });
}

function short(name: string, canvas: HTMLCanvasElement): string {
  const most = (canvas.parentElement?.clientWidth ?? 600) > 500 ? 48 : 18;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

function choice(words: string, options: string[]): { label: HTMLLabelElement; select: HTMLSelectElement } {
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.append(...options.map((name) => new Option(name, name)));
  label.append(words, select);
  return { label, select };
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
