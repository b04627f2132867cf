// A session's events in the order of time, from two lists that are each read page by page.

/** Of rows with a `timestamp` (ISO, so they sort as text), those of both lists in order. */
export function mergeByTime(pageviews, interactions) {
  const rows = [...pageviews.map((row) => ({ ...row, event_type: "pageview" })), ...interactions];
  // A page is opened before anything happens on it, also within one millisecond.
  const rank = ({ event_type: name }) => (name === "pageview" ? 0 : 1);
  return rows.sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** How far the merged list is certain: behind the end of a list that goes on, rows of it may still be missing. */
export function certainUntil(...lists) {
  const ends = lists.filter(({ next, rows }) => next !== null && rows.length).map(({ rows }) => Date.parse(rows.at(-1).timestamp));
  return Math.min(Infinity, ...ends);
}
