import { hasInput } from "./attention";
import { once } from "./guard";
import { listen } from "./listen";
import { record } from "./view";

// How deep the current view was seen, in CSS px: the deepest bottom edge that was in view, and the tallest that
// what scrolls has been.

const PAUSE_MS = 100;

export let deepest_px: number;
export let tallest_px: number;
let milestone: number;
let scroller: EventTarget | null | undefined;

/** What scrolls in the document's place (app shells), where that covers half of the screen's height. */
export function setScroller(element: EventTarget | null): void {
  scroller = element;
}

export function restartDepth(): void {
  deepest_px = tallest_px = milestone = 0;
}

/** 0 to 100. Rounded, because a zoomed page ends half a pixel early; elastic overscroll goes past the end. */
export function getScrollPercent(bottom_px = deepest_px): number {
  return Math.min(100, Math.round((100 * bottom_px) / tallest_px) || 0);
}

/**
 * Reads the layout, and records a milestone (25, 50, 75, 100) that is newly reached. What the first screen shows
 * by itself is no achievement, and a position that the browser restores before any input is not the visitor's.
 */
export function measure(): void {
  const { scrollTop, clientHeight, scrollHeight } =
    (scroller as Element)?.clientHeight > innerHeight / 2 ? (scroller as Element) : document.scrollingElement!;
  deepest_px = Math.max(deepest_px, (scrollTop + clientHeight) | 0);
  tallest_px = Math.max(tallest_px, scrollHeight);
  const percent = getScrollPercent();
  const scroll_percent = percent - (percent % 25);
  if (hasInput && scroll_percent > milestone && scroll_percent > getScrollPercent(clientHeight)) {
    milestone = scroll_percent;
    record({ name: "scroll", scroll_percent });
  }
}

const measureSoon = once(measure, PAUSE_MS);

/** Measures soon after each scroll; the listener itself reads nothing. */
export function onScroll(): void {
  listen("scroll", ({ target }) => {
    scroller = target;
    measureSoon();
  });
}
