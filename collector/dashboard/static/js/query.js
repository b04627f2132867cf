// Builds the bodies of questions and reports.

import { comparison, dateRange, interval } from "./periods.js";

function base(site, state) {
  return { site_id: site.id, date_range: dateRange(state), filters: state.filters.map(writeQueryFilter) };
}

// Who types a part of a label does not think of its capitals; who clicks a row means exactly that row.
export function writeQueryFilter(filter) {
  return filter[0] === "contains" ? [...filter, { case_sensitive: false }] : filter;
}

/** A report's body; `fields` are its own. */
export function reportQuery(site, state, fields = {}) {
  return { ...base(site, state), ...fields };
}

/** With what was before, where there is a before to compare with. */
export function totalsQuery(site, state, metrics) {
  const mode = comparison(state, site.timeZone);
  return { ...base(site, state), metrics, ...(mode ? { include: { comparisons: mode } } : {}) };
}

export function seriesQuery(site, state) {
  return { ...base(site, state), metrics: [state.metric], dimensions: [interval(state)] };
}

/** The rows of one tab. `search` keeps labels that contain it; `order` is [metric, "asc" | "desc"]. */
export function breakdownQuery(site, state, tab, { limit, offset = 0, search = "", order = null }) {
  const metrics = tab.metrics.filter((metric) => metric !== "share");
  const { filters, ...rest } = base(site, state);
  const searched = search ? [writeQueryFilter(["contains", tab.dimension, [search]])] : [];
  return {
    ...rest,
    metrics,
    filters: [...filters, ...(tab.filters ?? []), ...searched],
    dimensions: [tab.dimension],
    order_by: [order ?? [metrics[0], "desc"]],
    pagination: { limit, offset },
    include: { total_rows: true },
  };
}

/** Conversions: a row a goal. */
export function goalsQuery(site, state) {
  return { ...base(site, state), metrics: ["visitors", "events", "conversion_rate", "total_revenue"], dimensions: ["event:goal"] };
}

/** Visitors of the last five minutes. */
export function liveQuery(site, state) {
  return { ...base(site, state), date_range: "realtime", metrics: ["visitors"] };
}

/** Whether the site has ever seen an event. */
export function everQuery(site) {
  return { site_id: site.id, date_range: "all", metrics: ["events"] };
}
