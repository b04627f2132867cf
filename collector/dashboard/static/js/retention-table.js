// Who comes back, as a table: a row a cohort, a column a period since, the darker the more came back.

import { element } from "./element.js";
import { formatCount, formatDate, formatPercent } from "./format.js";
import { nowIn } from "./site-time.js";

const DAY_MS = 86_400_000;
const atNoon = (date) => Date.parse(`${date}T12:00:00Z`);
const month = (date) => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7));
// Weeks begin on Monday; 1970 began on a Thursday.
const week = (date) => Math.floor((Math.floor(atNoon(date) / DAY_MS) + 3) / 7);

const COUNTS = {
  day: (from, to) => Math.round((atNoon(to) - atNoon(from)) / DAY_MS),
  week: (from, to) => week(to) - week(from),
  month: (from, to) => month(to) - month(from),
};

/** How many periods lie between two days: a cohort cannot have come back in one that has not begun. */
export const countPeriods = (period, from, to) => COUNTS[period](from, to);

/** Rows of the report → cohorts with a value a period; null = not yet. */
export function gatherCohorts(results, period, lastDay) {
  const cohorts = new Map();
  for (const { cohort, visitors, period: at, returned } of results) {
    if (!cohorts.has(cohort)) {
      cohorts.set(cohort, { cohort, visitors, returned: Array(Math.max(0, countPeriods(period, cohort, lastDay)) + 1).fill(0) });
    }
    cohorts.get(cohort).returned[at] = returned;
  }
  return [...cohorts.values()];
}

/** Of all cohorts that are old enough for a period, the share that came back in it, in percent. */
export function meanRates(cohorts) {
  const length = Math.max(...cohorts.map(({ returned }) => returned.length));
  return Array.from({ length }, (_, at) => {
    const old = cohorts.filter(({ returned }) => at < returned.length);
    const sum = (read) => old.reduce((total, each) => total + read(each), 0);
    return (100 * sum(({ returned }) => returned[at])) / sum(({ visitors }) => visitors);
  });
}

export function drawRetention(content, { results, query }, { cohort: period }, timeZone) {
  if (!results.length) return false;
  const today = nowIn(timeZone).slice(0, 10);
  const end = query.date_range[1].slice(0, 10);
  const cohorts = gatherCohorts(results, period, end < today ? end : today);
  const rates = meanRates(cohorts);
  const heads = rates.map((_, at) => element("th", { scope: "col", class: "number" }, at === 0 ? `First ${period}` : `+${at}`));
  content.replaceChildren(
    element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Retention by cohort" },
      element("table", { class: "retention" },
        element("caption", { class: "only-read" }, `Share of each cohort that came back, by ${period}`),
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, period === "day" ? "First seen on" : "First seen from"), element("th", { scope: "col", class: "number" }, "Who"), heads)),
        element("tbody", {},
          element("tr", { class: "mean" }, element("th", { scope: "row" }, "All"), element("td", { class: "number" }, formatCount(cohorts.reduce((sum, { visitors }) => sum + visitors, 0))), rates.map((rate, at) => cell(rate, at, null))),
          cohorts.map((row) => element("tr", { "data-cohort": row.cohort },
            element("th", { scope: "row" }, formatDate(row.cohort)),
            element("td", { class: "number", "data-value": row.visitors }, formatCount(row.visitors)),
            row.returned.map((returned, at) => cell((100 * returned) / row.visitors, at, returned))))))),
    cohorts.length === 1 ? element("p", { class: "hint" }, "There is one cohort only. Choose a longer period at the top to see who came back.") : "",
  );
  return true;
}

function cell(rate, at, returned) {
  const node = element("td", { class: "number heat", "data-period": at, "data-value": returned, title: returned === null ? null : `${formatCount(returned)} came back` }, formatPercent(rate));
  node.style.setProperty("--heat", Math.min(100, at === 0 ? 100 : rate));
  return node;
}
