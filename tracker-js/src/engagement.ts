import { active_ms, settle, visible_ms } from "./attention";
import { dropped, forgetDropped } from "./delivery";
import { deepest_px, getScrollPercent, tallest_px } from "./scroll";
import { eraseGrown, record } from "./view";

const LEAST_NEWS_MS = 100; // leaving fires up to three events within a millisecond or two

let reported_ms: number;

export function restartEngagement(): void {
  reported_ms = 0;
}

/** Reports how long and how deep the view was seen, in totals; until it `isDue`, the event only grows. */
export function report(isDue: boolean): void {
  settle();
  if (visible_ms - reported_ms < LEAST_NEWS_MS) return;
  record(
    {
      name: "engagement",
      visible_ms: visible_ms | 0,
      active_ms: active_ms | 0,
      scroll_percent: getScrollPercent(),
      props: { scroll_px: deepest_px, page_px: tallest_px, dropped: dropped || undefined },
    },
    !isDue,
  );
  if (!isDue) return;
  eraseGrown();
  reported_ms = visible_ms;
  forgetDropped();
}
