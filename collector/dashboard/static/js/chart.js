// The line chart, drawn by uPlot. The x scale counts buckets rather than seconds: labels are the site's wall-clock
// times, and a day of 23 or 25 hours then needs no special care.

import uPlot from "../vendor/uplot/uPlot.esm.js";
import { tooltip } from "./chart-tooltip.js";
import { element } from "./element.js";
import { formatTick } from "./format.js";

const HOUR_STEPS = [1, 2, 3, 4, 6, 12, 24];
// Half the width of "28 Nov", less the padding on the right.
const LABEL_HALF = 12;
const DAY_STEPS = [1, 2, 3, 5, 7, 14, 28, 56, 91, 182, 364];

export function createChart(place, { metric, points, now, onRange }) {
  const holder = element("div", { class: "chart", role: "img", "aria-label": describe(metric, points) });
  place.replaceChildren(holder);
  const colour = readColours(holder);
  const ticks = yTicks(metric, Math.max(0, ...points.map(({ value }) => value ?? 0)));
  const byDay = points[0].label.length === 10;
  const plot = new uPlot(
    {
      ...size(holder),
      legend: { show: false },
      padding: [12, 8, 0, 0],
      // Dragging over days picks them as the period; over hours there is nothing smaller to pick.
      cursor: { y: false, drag: { x: byDay, y: false, setScale: false }, points: { size: 9, width: 2 } },
      hooks: { setSelect: [(u) => byDay && pickRange(u, points, onRange)] },
      plugins: [tooltip(points, metric)],
      scales: { x: { time: false, range: () => xRange(points.length) }, y: { range: () => [0, ticks.at(-1)] } },
      axes: [
        {
          stroke: colour.text, font: colour.font, size: 32, gap: 8, grid: { show: false }, ticks: { show: false },
          splits: (u) => splits(points.length, u.bbox.width / devicePixelRatio, byDay ? DAY_STEPS : HOUR_STEPS),
          values: (u, indexes) => indexes.map((at) => formatTick(points[at].label)),
        },
        {
          stroke: colour.text, font: colour.font, size: 56, gap: 8, ticks: { show: false },
          grid: { stroke: colour.line, width: 1 }, splits: () => ticks,
          values: (u, values) => values.map((value) => metric.format(value)),
        },
      ],
      series: [{}, line(colour, true), { ...line(colour, false), dash: [4, 4] }],
    },
    split(points, now),
    holder,
  );
  const observer = new ResizeObserver(() => plot.setSize(size(holder)));
  observer.observe(holder);
  return {
    destroy() {
      observer.disconnect();
      plot.destroy();
    },
  };
}

/** Full buckets as one line; the bucket that is still filling as a dashed one; the future not at all. */
function split(points, now) {
  const reach = now.slice(0, points[0].label.length === 10 ? 10 : 13);
  const started = points.filter(({ label }) => label.slice(0, reach.length) <= reach).length;
  const isFilling = started > 0 && points[started - 1].label.startsWith(reach);
  const full = isFilling ? started - 1 : started;
  const keep = (from, to) => points.map(({ value }, at) => (at >= from && at < to ? value : null));
  return [points.map((_, at) => at), keep(0, full), keep(isFilling ? full - 1 : started, started)];
}

function line(colour, filled) {
  return {
    stroke: colour.accent,
    width: 2,
    fill: filled ? (u) => fade(u, colour.accent) : undefined,
    points: { show: () => false, filter: (u, series) => lonely(u.data[series]), size: 7, fill: colour.accent },
  };
}

/** Places of the values with nothing on either side: a line needs two, so they would be invisible without a dot. */
function lonely(values) {
  const isMissing = (at) => (values[at] ?? null) === null;
  return values.flatMap((_, at) => (!isMissing(at) && isMissing(at - 1) && isMissing(at + 1) ? [at] : []));
}

function fade(u, accent) {
  const gradient = u.ctx.createLinearGradient(0, u.bbox.top, 0, u.bbox.top + u.bbox.height);
  gradient.addColorStop(0, accent.replace("rgb(", "rgba(").replace(")", ", 0.22)"));
  gradient.addColorStop(1, accent.replace("rgb(", "rgba(").replace(")", ", 0)"));
  return gradient;
}

function xRange(length) {
  return length === 1 ? [-1, 1] : [0, length - 1];
}

/** Round values from 0 to just above the highest, at most six. */
function yTicks(metric, highest) {
  const top = metric.top ?? Math.max(highest, 4 * metric.steps[0]);
  const step = metric.steps.find((each) => each * 5 >= top) ?? Math.ceil(top / 5);
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, at) => at * step);
}

function splits(length, width, steps) {
  const step = steps.find((each) => (length / each) * 64 <= width) ?? steps.at(-1);
  const indexes = [];
  for (let at = 0; at < length; at += step) indexes.push(at);
  // A label that would stick out on the right is left away rather than cut.
  const room = ((length - 1 - indexes.at(-1)) * width) / Math.max(length - 1, 1);
  if (indexes.length > 1 && room < LABEL_HALF) indexes.pop();
  return indexes;
}

function pickRange(u, points, onRange) {
  if (u.select.width < 8) return;
  const at = (pixels) => Math.min(points.length - 1, Math.max(0, Math.round(u.posToVal(pixels, "x"))));
  onRange(points[at(u.select.left)].label, points[at(u.select.left + u.select.width)].label);
}

function size(holder) {
  return { width: holder.clientWidth, height: holder.clientHeight };
}

// A canvas cannot use custom properties, so the stylesheet hands its colours over as the holder's own.
function readColours(holder) {
  const style = getComputedStyle(holder);
  return { accent: style.color, line: style.borderTopColor, text: style.outlineColor, font: `12px ${style.fontFamily}` };
}

function describe(metric, points) {
  const values = points.map(({ value }) => value).filter((value) => value !== null);
  const peak = values.length ? metric.exact(Math.max(...values)) : "none";
  return `Line chart of ${metric.title.toLowerCase()}, ${points.length} points, highest ${peak}. The table below holds the same numbers.`;
}
