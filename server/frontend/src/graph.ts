// Draw an answer as nodes and arrows: its triples, or what stands in one row.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";
import { part, type Cell, type Table } from "./table";

const SVG = "http://www.w3.org/2000/svg";
const MOST = 120; // nodes that can still be told apart
const NAMED = 60; // arrows that can still bear a name
const [WIDTH, HEIGHT] = [900, 600];
const [BESIDE, ABOVE] = [95, 28]; // room for the names at the rim
const LEAST = 700; // how wide a picture is at least, so that few things are not drawn large

interface Node extends SimulationNodeDatum {
  name: string;
  href: string | null;
  isIri: boolean;
}

interface Edge extends SimulationLinkDatum<Node> {
  name: string;
}

/** Draw a graph of a table; a node can be moved by hand, and leads to its page. */
export function draw(place: HTMLElement, table: Table): void {
  const { nodes, edges, left } = gathered(table);
  const note = document.createElement("p");
  note.className = "note";
  place.append(note);
  if (!edges.length) {
    note.textContent = "Nothing here points to anything: an arrow needs two columns with things that have an address.";
    return;
  }
  const names = new Set(edges.map((edge) => edge.name));
  note.textContent = [
    part(table),
    left ? `The first ${nodes.length} things are drawn, and ${left} are left out.` : "",
    names.size === 1 ? `Every arrow stands for “${[...names][0]}”.` : "",
    "Drag a thing to move it; each leads to its page.",
  ]
    .filter(Boolean)
    .join(" ");
  settle(nodes, edges);
  const drawing = element("svg", { role: "group", "aria-label": `${nodes.length} things and ${edges.length} arrows between them. The table tells the same.` });
  drawing.append(arrowhead());
  const arrows = edges.map((edge) => arrow(drawing, edge, names.size > 1 && edges.length <= NAMED));
  const dots = nodes.map((node) => dot(drawing, node));
  const move = (): void => {
    arrows.forEach((one) => one());
    dots.forEach((one) => one.move());
  };
  fit(drawing, nodes);
  dots.forEach((one) => draggable(drawing, one.shape, one.node, move));
  move();
  place.prepend(drawing);
}

/** Take the triples of a graph, else the first thing of each row with every other in it. */
function gathered(table: Table): { nodes: Node[]; edges: Edge[]; left: number } {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const left = new Set<string>();
  const add = (cell: Cell): string | null => {
    const key = cell.href ?? cell.text;
    if (!nodes.has(key)) {
      if (nodes.size >= MOST) {
        left.add(key);
        return null;
      }
      nodes.set(key, { name: cell.text, href: cell.href, isIri: cell.isIri });
    }
    return key;
  };
  for (const [from, name, to] of pairs(table)) {
    const [source, target] = [add(from), add(to)];
    if (source && target) edges.set(`${source} ${name} ${target}`, { source, target, name });
  }
  return { nodes: [...nodes].map(([id, node]) => Object.assign(node, { id })), edges: [...edges.values()], left: left.size };
}

function* pairs(table: Table): Generator<[Cell, string, Cell]> {
  for (const row of table.rows) {
    if (table.graph) {
      const [subject, predicate, object] = row;
      if (subject && predicate && object?.isIri) yield [subject, predicate.text, object];
      continue;
    }
    const things = row.map((cell, column) => ({ cell, name: table.columns[column] ?? "" })).filter(({ cell }) => cell.isIri);
    const [first, ...others] = things;
    for (const other of others) if (first) yield [first.cell, other.name, other.cell];
  }
}

function settle(nodes: Node[], edges: Edge[]): void {
  forceSimulation(nodes)
    .force("link", forceLink<Node, Edge>(edges).id((node) => (node as Node & { id: string }).id).distance(100))
    .force("charge", forceManyBody().strength(-420))
    .force("apart", forceCollide(46))
    .force("x", forceX(WIDTH / 2).strength(0.05))
    .force("y", forceY(HEIGHT / 2).strength(0.09))
    .force("middle", forceCenter(WIDTH / 2, HEIGHT / 2))
    .stop()
    .tick(300);
}

function fit(drawing: SVGElement, nodes: Node[]): void {
  const [xs, ys] = [nodes.map((node) => node.x ?? 0), nodes.map((node) => node.y ?? 0)];
  const [first, last] = [Math.min(...xs) - BESIDE, Math.max(...xs) + BESIDE];
  const width = Math.max(last - first, LEAST);
  const [left, top] = [(first + last - width) / 2, Math.min(...ys) - ABOVE];
  const height = Math.max(...ys) - top + ABOVE;
  drawing.setAttribute("viewBox", [left, top, width, height].map(Math.round).join(" "));
}

function arrow(drawing: SVGElement, edge: Edge, named: boolean): () => void {
  const line = element("line", { class: "edge", "marker-end": "url(#arrowhead)" });
  drawing.append(line);
  const words = named ? element("text", { class: "edge-name" }) : null;
  if (words) {
    words.textContent = edge.name;
    drawing.append(words);
  }
  return () => {
    const [from, to] = [edge.source as Node, edge.target as Node];
    const [x1, y1, x2, y2] = [from.x ?? 0, from.y ?? 0, to.x ?? 0, to.y ?? 0];
    const part = Math.max(0, 1 - 10 / (Math.hypot(x2 - x1, y2 - y1) || 1)); // up to the rim of the node
    place(line, { x1, y1, x2: x1 + (x2 - x1) * part, y2: y1 + (y2 - y1) * part });
    if (words) place(words, { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 3 });
  };
}

function dot(drawing: SVGElement, node: Node): { node: Node; shape: SVGElement; move: () => void } {
  const shape = element(node.href ? "a" : "g", { class: node.isIri ? "node" : "node value" });
  if (node.href) shape.setAttribute("href", node.href);
  const words = element("text", { y: "19" });
  words.textContent = node.name.length > 28 ? `${node.name.slice(0, 27)}…` : node.name;
  const whole = element("title", {});
  whole.textContent = node.name;
  shape.append(whole, element("circle", { r: "7" }), words);
  drawing.append(shape);
  return { node, shape, move: () => shape.setAttribute("transform", `translate(${node.x ?? 0} ${node.y ?? 0})`) };
}

function draggable(drawing: SVGElement, shape: SVGElement, node: Node, move: () => void): void {
  let moved = false;
  shape.addEventListener("dragstart", (event) => event.preventDefault());
  shape.addEventListener("pointerdown", (event) => {
    moved = false;
    const matrix = (drawing as SVGSVGElement).getScreenCTM()?.inverse();
    const follow = (step: PointerEvent): void => {
      const point = new DOMPoint(step.clientX, step.clientY).matrixTransform(matrix);
      moved ||= Math.hypot(step.clientX - event.clientX, step.clientY - event.clientY) > 4;
      if (!moved) return;
      Object.assign(node, { x: point.x, y: point.y });
      move();
    };
    const stop = (): void => window.removeEventListener("pointermove", follow);
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", stop, { once: true });
  });
  shape.addEventListener("click", (event) => moved && event.preventDefault());
}

function arrowhead(): SVGElement {
  const defs = element("defs", {});
  const marker = element("marker", { id: "arrowhead", viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "7", markerHeight: "7", orient: "auto" });
  marker.append(element("path", { d: "M0 0L8 4L0 8z", class: "arrow" }));
  defs.append(marker);
  return defs;
}

function element(tag: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, tag) as SVGElement;
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

function place(shape: SVGElement, numbers: Record<string, number>): void {
  Object.entries(numbers).forEach(([name, value]) => shape.setAttribute(name, value.toFixed(1)));
}
