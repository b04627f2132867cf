// Journeys drawn: a column a stop, a band for those who went from one to the next.

import { element } from "./element.js";
import { ENDS, OTHERS, layOutFlow } from "./flow-layout.js";
import { formatCount } from "./format.js";
import { svg } from "./svg.js";
import { buildReportTable } from "./table.js";

const LEAST_COLUMN = 200;
const LAST_LABEL = 190;
const BAR = 9;
const LABEL = 24;
const TOP = 30;

export function drawFlow(content, { results }, direction) {
  if (!results.length) return false;
  const flow = layOutFlow(results);
  const isBack = direction === "backward";
  const last = flow.columns.length - 1;
  const column = Math.max(LEAST_COLUMN, Math.floor((content.clientWidth - 32 - LAST_LABEL) / last));
  // Backward is drawn from right to left, as time runs.
  const x = (at) => (isBack ? last - at : at) * column;
  const width = last * column + LAST_LABEL;
  const sum = (at) => flow.columns[at].reduce((total, { visits }) => total + visits, 0);
  const picture = svg("svg", { class: "flow", viewBox: `0 0 ${width} ${flow.height + TOP + 16}`, width, height: flow.height + TOP + 16, role: "img", "aria-label": `Journeys of ${formatCount(sum(0))} visits. The table below holds the same numbers.` },
    flow.bands.map((band) => buildBand(band, x(band.step - 1), x(band.step), isBack)),
    flow.columns.map((nodes, at) => svg("g", { transform: `translate(${x(at)} 0)` }, svg("text", { class: "flow-head", y: 14 }, at === 0 ? "Start" : isBack ? `${at} before` : `Step ${at}`), nodes.map((node) => buildNode(node)))));
  content.replaceChildren(
    element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Journeys, drawn" }, picture),
    element("details", { class: "chart-table" }, element("summary", {}, "Show as a table"), buildReportTable({ caption: "Journeys", columns: COLUMNS, rows: results })));
  return true;
}

const COLUMNS = [
  { name: "step", title: "Step", number: true },
  { name: "from", title: "From" },
  { name: "to", title: "To" },
  { name: "visits", title: "Visits", number: true, write: formatCount },
];

function buildBand({ from, to, visits, fromY, toY, height }, fromX, toX, isBack) {
  const [a, b] = isBack ? [fromX, toX + BAR] : [fromX + BAR, toX];
  const middle = (a + b) / 2;
  const [y1, y2] = [fromY + TOP + height / 2, toY + TOP + height / 2];
  return svg("path", { class: ENDS.includes(to) ? "band end" : "band", d: `M${a} ${y1} C${middle} ${y1} ${middle} ${y2} ${b} ${y2}`, "stroke-width": Math.max(1, height), "data-from": from, "data-to": to, "data-visits": visits },
    svg("title", {}, `${from} → ${to}: ${formatCount(visits)}`));
}

function buildNode({ name, visits, y, height }) {
  const kind = ENDS.includes(name) ? "end" : name === OTHERS ? "others" : "stop";
  const text = name.length > LABEL ? `${name.slice(0, LABEL - 1)}…` : name;
  return svg("g", { class: `flow-node ${kind}`, transform: `translate(0 ${y + TOP})`, "data-name": name, "data-visits": visits },
    svg("title", {}, `${name}: ${formatCount(visits)} visits`),
    svg("rect", { width: BAR, height, rx: Math.min(3, height / 2) }),
    svg("text", { x: BAR + 7, y: height / 2, dy: "0.35em" }, text, svg("tspan", { dx: 6 }, formatCount(visits))));
}
