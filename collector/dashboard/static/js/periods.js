// The periods one can pick, in the order of the menu; a null is a line between groups.

import { formatDate } from "./format.js";
import { nowIn, todayIn } from "./site-time.js";

export const PERIODS = [
  { name: "day", title: "Today", interval: "time:hour" },
  { name: "24h", title: "Last 24 hours", interval: "time:hour" },
  null,
  { name: "7d", title: "Last 7 days", interval: "time:day" },
  { name: "30d", title: "Last 30 days", interval: "time:day" },
  { name: "91d", title: "Last 91 days", interval: "time:day" },
  null,
  { name: "month", title: "This month", interval: "time:day" },
  { name: "year", title: "This year", interval: "time:day" },
  { name: "12mo", title: "Last 12 months", interval: "time:day" },
  { name: "all", title: "All time", interval: "time:day" },
];

const byName = new Map(PERIODS.filter(Boolean).map((period) => [period.name, period]));
const DATE = /^\d{4}-\d\d-\d\d$/;

/** A period's name from an address, if it is one that can be asked; else today. */
export function checkPeriod({ period, from, to }) {
  if (period === "custom" && DATE.test(from) && DATE.test(to) && from <= to) return { period, from, to };
  return { period: byName.has(period) ? period : "day", from: "", to: "" };
}

export function dateRange(state) {
  return state.period === "custom" ? [state.from, state.to] : state.period;
}

export function interval(state) {
  if (state.period !== "custom") return byName.get(state.period).interval;
  return state.from === state.to ? "time:hour" : "time:day";
}

export function periodTitle(state) {
  if (state.period !== "custom") return byName.get(state.period).title;
  if (state.from === state.to) return formatDate(state.from);
  return `${formatDate(state.from)} – ${formatDate(state.to)}`;
}

/** Whether new events can still change what is shown. */
export function includesToday(state, timeZone) {
  return state.period !== "custom" || state.to >= todayIn(timeZone);
}

const DAY_MS = 86_400_000;

/** What to compare with, as `include.comparisons` wants it; null where there is nothing before. */
export function comparison(state, timeZone, now = new Date()) {
  if (state.period === "all") return null;
  if (state.period !== "day" && state.period !== "24h") return { mode: "previous_period" };
  // Half a day is not compared with a whole one: today with yesterday up to the same minute.
  const [hours, minutes] = nowIn(timeZone, now).slice(11).split(":").map(Number);
  const sinceMs = state.period === "24h" ? DAY_MS : (60 * hours + minutes + 1) * 60_000;
  const end = (Math.floor(now.getTime() / 60_000) + 1) * 60_000 - DAY_MS;
  return { mode: "custom", date_range: [end - sinceMs, end - 1].map((ms) => new Date(ms).toISOString()) };
}

/** What it is compared with, in words. */
export function comparisonTitle(state) {
  if (state.period === "day") return "yesterday until this time";
  return state.period === "24h" ? "the 24 hours before" : "as many days before";
}
