// What the clock shows where the site is.

// Swedish writes dates the ISO way, which spares taking the parts apart.
const clocks = new Map();

function clockOf(timeZone) {
  if (!clocks.has(timeZone)) clocks.set(timeZone, new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }));
  return clocks.get(timeZone);
}

/** The present wall-clock time of a time zone, written like the labels of the API: "2026-01-31 13:05:09". */
export function nowIn(timeZone, now = new Date()) {
  return clockOf(timeZone).format(now);
}

export function todayIn(timeZone, now = new Date()) {
  return nowIn(timeZone, now).slice(0, 10);
}

/** A moment of the API, ISO 8601 with its offset, as the site's clock showed it: "2026-01-31 13:05:09". */
export function writeMoment(text, timeZone) {
  return nowIn(timeZone, new Date(text));
}
