import assert from "node:assert/strict";
import { test } from "node:test";
import { isRage } from "../src/rageClick";

let clock = 0;

/** What a click at x, after_ms behind the last one, is called. */
function click(after_ms: number, x = 0, text: unknown = "Go", detail = 1): boolean {
  clock += after_ms;
  return !!isRage({ timeStamp: clock, pageX: x, pageY: 0, detail } as MouseEvent, text);
}

test("every third click in one place within a second is one of rage", () => {
  const steps = [9_000, 300, 300, 300, 300, 300];
  assert.deepEqual(steps.map((step) => click(step)), [false, false, true, false, false, true]);
});

test("slow clicks, clicks in other places, by keyboard and on names without a letter are none", () => {
  assert.deepEqual([9_000, 600, 600, 600].map((step) => click(step)), [false, false, false, false]);
  assert.deepEqual([0, 50, 100].map((x) => click(x ? 100 : 9_000, x)), [false, false, false]);
  assert.deepEqual([9_000, 100, 100].map((step) => click(step, 0, "Go", 0)), [false, false, false]);
  assert.deepEqual([9_000, 100, 100].map((step) => click(step, 0, "+")), [false, false, false]);
});
