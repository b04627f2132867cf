import type { Engagement } from "./wire";

const LEAST_NEWS_MS = 100;

/** What is reported before anything happened. */
export const NO_ENGAGEMENT: Engagement = { visible_ms: 0, active_ms: 0, scroll_percent: 0 };

/**
 * Whether `now` tells the collector anything that `reported` did not. Leaving fires up to three events within
 * a millisecond or two, and a bfcache return shows the old pageview as long; neither is news.
 */
export function hasNews(now: Engagement, reported: Engagement): boolean {
  return now.visible_ms - reported.visible_ms >= LEAST_NEWS_MS || now.scroll_percent > reported.scroll_percent;
}

/** The visible ms at which the next heartbeat is due: 30 s, 60 s, then every 120 s. */
export function getNextHeartbeat(visible_ms: number): number {
  if (visible_ms < 30_000) return 30_000;
  if (visible_ms < 60_000) return 60_000;
  return 60_000 + 120_000 * (1 + Math.floor((visible_ms - 60_000) / 120_000));
}
