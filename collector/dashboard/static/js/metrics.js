// Every metric that the dashboard shows, one row each: how it is called, written and scaled.

import { formatCount, formatDuration, formatPercent, formatShort } from "./format.js";

// 1, 2, 5, 10, 20, 50, … : the steps that an axis may take.
const ROUND = Array.from({ length: 30 }, (_, at) => [1, 2, 5][at % 3] * 10 ** Math.floor(at / 3));

const COUNT = { format: formatShort, exact: formatCount, steps: ROUND };
const PERCENT = { format: formatPercent, exact: formatPercent, steps: [20], top: 100 };
const DURATION = {
  format: formatDuration,
  exact: formatDuration,
  steps: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400],
};

export const METRICS = {
  visitors: { ...COUNT, title: "Unique visitors", column: "Visitors", meaning: "People, each counted once" },
  visits: { ...COUNT, title: "Visits", column: "Visits", meaning: "A visit ends after 30 minutes without an event" },
  pageviews: { ...COUNT, title: "Pageviews", column: "Views", meaning: "Pages opened" },
  events: { ...COUNT, title: "Events", column: "Events", meaning: "How often it happened" },
  bounce_rate: { ...PERCENT, isBetterLow: true, title: "Bounce rate", column: "Bounce", meaning: "Visits that saw one page and did nothing more" },
  visit_duration: { ...DURATION, title: "Visit duration", column: "Duration", meaning: "Mean time from a visit's first event to its last" },
  time_on_page: { ...DURATION, title: "Time on page", column: "Time", meaning: "Mean time that a page was really visible" },
  scroll_depth: { ...PERCENT, title: "Scroll depth", column: "Scroll", meaning: "Mean of the deepest part of the page seen" },
  conversion_rate: { ...PERCENT, title: "Conversion", column: "Rate", meaning: "Part of all visitors who did it" },
  share: { ...PERCENT, title: "Share", column: "Share", meaning: "Part of all visitors" },
};

/** The tiles of the overview, in order. */
export const OVERVIEW = ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "time_on_page", "scroll_depth"];
