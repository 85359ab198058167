// Read an answer out of the table that the server wrote, with the names that a person reads.

export interface Cell {
  text: string;
  href: string | null;
  isIri: boolean;
  isNumber: boolean;
}

export interface Table {
  columns: string[];
  rows: Cell[][];
  /** Each row is a triple. */
  graph: boolean;
  /** There are more rows than these. */
  partial: boolean;
}

/** Say of a drawing that it shows a part of the answer. */
export function part(table: Table): string {
  return table.partial ? `Drawn from the first ${table.rows.length} rows alone; the answer has more.` : "";
}

/** Read a table. */
export function read(table: HTMLTableElement): Table {
  const heads = [...table.querySelectorAll("thead th")];
  const rows = [...table.querySelectorAll("tbody tr")];
  return {
    columns: heads.map((head) => head.textContent ?? ""),
    rows: rows.map((row) => [...row.querySelectorAll("td")].map(cell)),
    graph: table.dataset["graph"] !== undefined,
    partial: table.dataset["partial"] !== undefined,
  };
}

function cell(element: HTMLTableCellElement): Cell {
  return {
    text: element.textContent?.trim() ?? "",
    href: element.querySelector("a")?.getAttribute("href") ?? null,
    isIri: element.dataset["iri"] !== undefined,
    isNumber: element.dataset["number"] !== undefined,
  };
}
