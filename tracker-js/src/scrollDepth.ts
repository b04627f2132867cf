/** One reading of the scrolled page, in CSS px. */
export interface ScrollReading {
  readonly bottom: number;
  readonly screen: number;
  readonly height: number;
}

/** The deepest bottom edge that was in view, and the tallest that the page has been, in CSS px. */
export interface ScrollDepth {
  readonly deepest: number;
  readonly tallest: number;
}

export const NO_DEPTH: ScrollDepth = { deepest: 0, tallest: 0 };

export function deepen(depth: ScrollDepth, reading: ScrollReading): ScrollDepth {
  return { deepest: Math.max(depth.deepest, reading.bottom), tallest: Math.max(depth.tallest, reading.height) };
}

/** 0 to 100. Rounded, because a zoomed page ends half a pixel early; elastic overscroll goes past the end. */
export function getScrollPercent({ deepest, tallest }: ScrollDepth): number {
  return tallest > 0 ? Math.min(100, Math.round((100 * deepest) / tallest)) : 0;
}

/**
 * The milestone (25, 50, 75, 100) that scrolling newly reached, or 0. What the first screen shows by itself is
 * no achievement, so a short page never has one.
 */
export function getNewMilestone(depth: ScrollDepth, screen: number, reached: number): number {
  const getMilestone = (deepest: number) => 25 * Math.floor(getScrollPercent({ ...depth, deepest }) / 25);
  const milestone = getMilestone(depth.deepest);
  return milestone > Math.max(reached, getMilestone(screen)) ? milestone : 0;
}
