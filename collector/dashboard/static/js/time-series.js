// One metric over time: the chart, and the same numbers as a table for those who cannot or do not want to see it.

import { ask } from "./api.js";
import { createChart } from "./chart.js";
import { element } from "./element.js";
import { formatDate, formatMoment } from "./format.js";
import { METRICS } from "./metrics.js";
import { loadPanel } from "./panel-state.js";
import { interval } from "./periods.js";
import { seriesQuery } from "./query.js";
import { nowIn } from "./site-time.js";

export function createTimeSeries(panel, site, onRange) {
  const title = element("h2", {});
  const range = element("p", { class: "quiet" });
  const content = element("div", { class: "chart-place" });
  const rows = element("tbody");
  const valueHead = element("th", { scope: "col", class: "number" });
  const table = element(
    "details",
    { class: "chart-table" },
    element("summary", {}, "Show as a table"),
    element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Chart as a table" },
      element("table", {},
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, `Time (${site.timeZone})`), valueHead)),
        rows)),
  );
  panel.replaceChildren(element("div", { class: "panel-head" }, title, range), content, table);
  let chart = null;
  let redraw = () => {};

  function show({ results }, state) {
    const metric = METRICS[state.metric];
    const points = results.map(({ dimensions, metrics }) => ({ label: dimensions[0], value: metrics[0] }));
    valueHead.textContent = metric.column;
    range.textContent = points.length ? describeRange(points[0].label, points.at(-1).label) : "";
    const now = nowIn(site.timeZone);
    // Hours and days to come are zeros that say nothing.
    rows.replaceChildren(...points.filter(({ label }) => label <= now).map((point) => buildRow(point, state.metric, interval(state))));
    table.hidden = points.length === 0;
    chart?.destroy();
    chart = null;
    if (points.length === 0) return false;
    redraw = () => {
      chart?.destroy();
      chart = createChart(content, { metric, points, now, onRange });
    };
    redraw();
    return true;
  }

  return {
    redraw: () => redraw(),
    load({ state, signal }) {
      title.textContent = METRICS[state.metric].title;
      return loadPanel(panel, content, () => ask(seriesQuery(site, state), signal), (answer) => show(answer, state));
    },
  };
}

function describeRange(first, last) {
  const [from, to] = [formatDate(first), formatDate(last)];
  return from === to ? from : `${from} – ${to}`;
}

function buildRow({ label, value }, name, dimension) {
  return element(
    "tr",
    { "data-dimension": dimension, "data-label": label },
    element("th", { scope: "row" }, formatMoment(label)),
    element("td", { class: "number", "data-metric": name, "data-value": value ?? "" }, METRICS[name].exact(value)),
  );
}
