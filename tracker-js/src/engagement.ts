import { active_ms, settle, visible_ms } from "./attention";
import { dropped, forgetDropped } from "./delivery";
import { deepest_px, getScrollPercent, tallest_px } from "./scroll";
import { eraseGrown, record } from "./view";

const LEAST_NEWS_MS = 100; // leaving fires up to three events within a millisecond or two

let reported_ms: number;
let reportedPercent: number;
let heartbeat_ms: number;

export function restartEngagement(): void {
  reported_ms = reportedPercent = 0;
  heartbeat_ms = 30_000;
}

/** Whether a report is due: at 30 s, 60 s, then every 120 s in view. */
export function isHeartbeat(): boolean {
  if (visible_ms < heartbeat_ms) return false;
  heartbeat_ms += heartbeat_ms < 60_000 ? 30_000 : 120_000;
  return true;
}

/** Reports how long and how deep the view was seen, in totals; until it `isDue`, the event only grows. */
export function report(isDue: boolean): void {
  settle();
  const scroll_percent = getScrollPercent();
  if (visible_ms - reported_ms < LEAST_NEWS_MS && scroll_percent <= reportedPercent) return;
  record(
    {
      name: "engagement",
      visible_ms: Math.round(visible_ms),
      active_ms: Math.round(active_ms),
      scroll_percent,
      props: { scroll_px: deepest_px, page_px: tallest_px, dropped: dropped || undefined },
    },
    !isDue,
  );
  if (!isDue) return;
  eraseGrown();
  reported_ms = visible_ms;
  reportedPercent = scroll_percent;
  forgetDropped();
}
