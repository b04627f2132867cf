import { settings } from "./settings";

// How long somebody looked at the current view: two cumulative counters, ms of a monotonic clock. All arithmetic
// on time is here.

/** A longer gap was sleep or a stopped process, for the tick comes every 5 s: nobody can say when it began. */
const MAX_GAP_MS = 15_000;
const IDLE_S = 60;

export let visible_ms = 0;
export let active_ms = 0;
/** Whether somebody can see the page now. */
export let isVisible = false;
/** Whether the visitor has done anything in this view. */
export let hasInput: boolean;

/** Whether the visitor has the page before them and in use. */
export let isFocused = false;
let settledAt = 0;
let inputAt = 0;

/** A new view starts from nothing; what is visible and when the last input was stays true. */
export function restartAttention(): void {
  visible_ms = active_ms = 0;
  hasInput = false;
}

/**
 * Counts the time since the last call by the state that held since then, and notes what holds from now on.
 * Coming to see the page is an act, so it counts as input.
 */
export function settle(isSeen = isVisible): void {
  const now = performance.now();
  const passed_ms = now - settledAt;
  const gap = passed_ms < MAX_GAP_MS && isVisible ? passed_ms : 0;
  visible_ms += gap;
  if (isFocused) active_ms += Math.max(0, Math.min(gap, inputAt + 1_000 * (+settings.idle! || IDLE_S) - settledAt));
  settledAt = now;
  isVisible = isSeen;
  isSeen = isSeen && document.hasFocus();
  if (isSeen && !isFocused) inputAt = now;
  isFocused = isSeen;
}

/** Settles, then notes an input. */
export function noteInput(): void {
  settle();
  inputAt = settledAt;
  hasInput = true;
}
