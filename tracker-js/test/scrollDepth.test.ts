import assert from "node:assert/strict";
import { test } from "node:test";
import { deepen, getNewMilestone, getScrollPercent, NO_DEPTH } from "../src/scrollDepth";

const SCREEN = 800;
const read = (scrollTop: number, height: number) => ({ bottom: scrollTop + SCREEN, screen: SCREEN, height });

test("the deepest bottom edge against the tallest page", () => {
  for (const [name, readings, percent] of [
    ["nothing read yet", [], 0],
    ["a short page is seen whole", [read(0, 800)], 100],
    ["the first screen of a long page", [read(0, 4_000)], 20],
    ["scrolling up takes nothing back", [read(1_200, 4_000), read(0, 4_000)], 50],
    ["a page that grew", [read(0, 800), read(0, 4_000)], 20],
    ["a zoomed page that ends half a pixel early", [read(3_199.5, 4_000)], 100],
    ["elastic overscroll", [read(3_300, 4_000)], 100],
    ["a hidden frame has no height", [{ bottom: 0, screen: 0, height: 0 }], 0],
  ] as const) {
    assert.equal(getScrollPercent(readings.reduce(deepen, NO_DEPTH)), percent, name);
  }
});

test("a milestone is told once, the highest only, and never for the first screen", () => {
  for (const [name, scrollTop, height, reached, milestone] of [
    ["a short page", 0, 800, 0, 0],
    ["the first screen shows more than half by itself", 100, 1_500, 0, 0],
    ["a little further", 400, 1_500, 0, 75],
    ["past one", 400, 4_000, 0, 25],
    ["past three in one jump", 2_300, 4_000, 0, 75],
    ["the same again", 2_300, 4_000, 75, 0],
    ["back up", 100, 4_000, 75, 0],
    ["the end", 3_200, 4_000, 75, 100],
  ] as const) {
    assert.equal(getNewMilestone(deepen(NO_DEPTH, read(scrollTop, height)), SCREEN, reached), milestone, name);
  }
});
