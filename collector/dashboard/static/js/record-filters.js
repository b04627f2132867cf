// From what the dashboard filters by to the parameters of the lists of records, which know fewer words (docs/records.md).

import { nowIn } from "./site-time.js";

const FIELDS = {
  "visit:entry_page": "entry_page", "visit:exit_page": "exit_page", "visit:source": "source", "visit:channel": "channel",
  "visit:referrer": "referrer", "visit:country": "country", "visit:device": "device", "visit:browser": "browser", "visit:os": "os",
};
// How questions show what is not known.
const UNKNOWN = ["(not set)", "Direct / None"];
const LOOKUPS = { is: "", contains: "__icontains" };

/** `filters` → parameters of the list of sessions, and the filters that single sessions cannot be chosen by. */
export function writeSessionFilters(filters) {
  const params = [];
  const left = [];
  for (const filter of filters) {
    const [operator, dimension, [value]] = filter;
    const field = FIELDS[dimension];
    if (!field || !(operator in LOOKUPS)) left.push(filter);
    else if (operator === "is" && UNKNOWN.includes(value)) params.push([`${field}__isnull`, "true"]);
    else params.push([`${field}${LOOKUPS[operator]}`, value]);
  }
  return { params, left };
}

const DAY_MS = 86_400_000;
const DAYS = { day: 0, "7d": 6, "30d": 29, "91d": 90 };

/** The first and the last day of a period in the site's time zone, as dates; null = without end. */
export function daysOf({ period, from, to }, timeZone, now = new Date()) {
  const today = nowIn(timeZone, now).slice(0, 10);
  const [year, month] = today.split("-").map(Number);
  if (period === "custom") return [from, to];
  if (period === "all") return [null, null];
  if (period === "month") return [`${today.slice(0, 7)}-01`, null];
  if (period === "year") return [`${year}-01-01`, null];
  if (period === "12mo") return [new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10), null];
  return [new Date(Date.parse(`${today}T00:00:00Z`) - DAYS[period] * DAY_MS).toISOString().slice(0, 10), null];
}

/** The parameters that keep what happened in the period; `field` is the list's time. */
export function writePeriod(state, timeZone, field, now = new Date()) {
  if (state.period === "24h") return [[`${field}__gte`, new Date(now.getTime() - DAY_MS).toISOString()]];
  const [first, last] = daysOf(state, timeZone, now);
  return [...(first ? [[`${field}__gte`, first]] : []), ...(last ? [[`${field}__lte`, last]] : [])];
}
