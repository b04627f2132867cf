// The overview: one tile a metric. A click makes it the metric of the chart.

import { ask } from "./api.js";
import { element } from "./element.js";
import { METRICS, OVERVIEW } from "./metrics.js";
import { loadPanel } from "./panel-state.js";
import { totalsQuery } from "./query.js";

export function createTiles(panel, site, onChoose) {
  const problem = element("div", { class: "tiles-problem" });
  const tiles = new Map(OVERVIEW.map((name) => [name, buildTile(name, onChoose)]));
  panel.replaceChildren(...tiles.values(), problem);
  let totals = Promise.resolve(null);

  function show({ results }) {
    const values = results[0]?.metrics ?? OVERVIEW.map(() => null);
    problem.replaceChildren();
    OVERVIEW.forEach((name, at) => fillTile(tiles.get(name), METRICS[name], values[at]));
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
      return loadPanel(panel, problem, () => answer, show);
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
  );
}

function fillTile(tile, metric, value) {
  tile.dataset.value = value ?? "";
  const text = tile.querySelector(".tile-value");
  text.textContent = metric.format(value);
  text.title = metric.exact(value);
}
