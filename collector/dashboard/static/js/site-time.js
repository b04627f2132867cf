// What the clock shows where the site is.

/** The present wall-clock time of a time zone, written like the labels of the API: "2026-01-31 13:05:09". */
export function nowIn(timeZone, now = new Date()) {
  // Swedish writes dates the ISO way, which spares taking the parts apart.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(now);
}

export function todayIn(timeZone, now = new Date()) {
  return nowIn(timeZone, now).slice(0, 10);
}
