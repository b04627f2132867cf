// The overview: one tile a metric. A click makes it the metric of the chart.

import { ask } from "./api.js";
import { element } from "./element.js";
import { formatCount } from "./format.js";
import { METRICS, OVERVIEW } from "./metrics.js";
import { loadPanel } from "./panel-state.js";
import { comparisonTitle } from "./periods.js";
import { totalsQuery } from "./query.js";

export function createTiles(panel, site, onChoose) {
  const problem = element("div", { class: "tiles-problem" });
  const tiles = new Map(OVERVIEW.map((name) => [name, buildTile(name, onChoose)]));
  panel.replaceChildren(...tiles.values(), problem);
  let totals = Promise.resolve(null);

  function show({ results }, state) {
    const { change = [], metrics: before = [] } = results[0]?.comparison ?? {};
    const values = results[0]?.metrics ?? OVERVIEW.map(() => null);
    problem.replaceChildren();
    OVERVIEW.forEach((name, at) => {
      fillTile(tiles.get(name), METRICS[name], values[at]);
      fillChange(tiles.get(name), METRICS[name], change[at] ?? null, before[at] ?? null, state);
    });
    return true;
  }

  return {
    mark(metric) {
      for (const [name, tile] of tiles) tile.setAttribute("aria-pressed", String(name === metric));
    },
    /** A promise of all visitors of the latest load, or null: what a row's share is a share of. */
    visitors: () => totals,
    load({ state, signal }) {
      const answer = ask(totalsQuery(site, state, OVERVIEW), signal);
      totals = answer.then(({ results }) => results[0]?.metrics[0] ?? null).catch(() => null);
      return loadPanel(panel, problem, () => answer, (found) => show(found, state));
    },
  };
}

function buildTile(name, onChoose) {
  const { title, meaning } = METRICS[name];
  return element(
    "button",
    { class: "tile", type: "button", "data-metric": name, "data-value": "", title: meaning, click: () => onChoose(name) },
    element("span", { class: "tile-title" }, title),
    element("span", { class: "tile-value" }, "\u00a0"),
    element("span", { class: "tile-change" }, "\u00a0"),
  );
}

function fillTile(tile, metric, value) {
  tile.dataset.value = value ?? "";
  const text = tile.querySelector(".tile-value");
  text.textContent = metric.format(value);
  text.title = metric.exact(value);
}

// Shares change in points, all else in percent.
function fillChange(tile, metric, change, before, state) {
  const node = tile.querySelector(".tile-change");
  tile.dataset.change = change ?? "";
  if (change === null) {
    node.textContent = "\u00a0";
    node.removeAttribute("title");
    return;
  }
  const size = metric.top === 100 ? `${Math.abs(change)} pts` : `${formatCount(Math.abs(change))}%`;
  node.textContent = change === 0 ? "same" : `${change > 0 ? "↑" : "↓"} ${size}`;
  node.dataset.direction = Math.sign(change) * (metric.isBetterLow ? -1 : 1);
  node.title = `${metric.exact(before)} ${comparisonTitle(state)}`;
}
