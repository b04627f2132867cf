import assert from "node:assert/strict";
import { test } from "node:test";
import { active_ms, noteInput, restartAttention, settle, visible_ms } from "../src/attention";
import { setSettings } from "../src/settings";

// Each row: at (ms), what happens. [visible, focused] is what the page is from then on; "input" is an input.
type Step = readonly [at: number, what: readonly [visible: boolean, focused: boolean] | "input"];

const SEEN = [true, true] as const;
const UNFOCUSED = [true, false] as const;
const HIDDEN = [false, false] as const;

/** A page that looks by itself every 5 s from `from` to `to`. */
const ticks = (from: number, to: number, state: readonly [boolean, boolean]): Step[] =>
  Array.from({ length: Math.floor((to - from) / 5_000) }, (_, index) => [from + 5_000 * (index + 1), state] as const);

const CASES: readonly [name: string, steps: readonly Step[], visible_ms: number, active_ms: number, idle?: string][] = [
  ["three seconds in view", [[0, SEEN], [3_000, HIDDEN]], 3_000, 3_000],
  ["a background tab counts nothing", [[0, HIDDEN], ...ticks(0, 60_000, HIDDEN)], 0, 0],
  ["a background tab counts from when it is shown", [[0, HIDDEN], [9_000, SEEN], [11_000, HIDDEN]], 2_000, 2_000],
  ["in view beside another window is visible, not active", [[0, UNFOCUSED], [4_000, HIDDEN]], 4_000, 0],
  ["hidden twice for one leaving counts once", [[0, SEEN], [3_000, HIDDEN], [3_001, HIDDEN], [9_000, HIDDEN]], 3_000, 3_000],
  ["two visits to the tab add up", [[0, SEEN], [2_000, HIDDEN], [50_000, SEEN], [53_000, HIDDEN]], 5_000, 5_000],
  ["sleep counts nothing", [[0, SEEN], [5_000, SEEN], [8 * 3_600_000, SEEN], [8 * 3_600_000 + 1_000, HIDDEN]], 6_000, 5_000],
  ["a page that hung for a moment was in view", [[0, SEEN], [14_000, HIDDEN]], 14_000, 14_000],
  ["active ends 60 s after the last input", [[0, SEEN], ...ticks(0, 100_000, SEEN)], 100_000, 60_000],
  ["or after as long as the site says", [[0, SEEN], ...ticks(0, 100_000, SEEN)], 100_000, 30_000, "30"],
  ["an input makes active again", [[0, SEEN], ...ticks(0, 80_000, SEEN), [82_000, "input"], [85_000, HIDDEN]], 85_000, 63_000],
  ["coming back counts as an input", [[0, SEEN], ...ticks(0, 70_000, SEEN), [70_000, HIDDEN], [90_000, SEEN], [93_000, HIDDEN]], 73_000, 63_000],
];

let start = 0;
for (const [name, steps, visible, active, idle] of CASES) {
  test(name, () => {
    start += 1e9; // the module's clock goes on from test to test
    setSettings({ idle });
    let now = start;
    let hasFocus = false;
    Object.assign(globalThis, { document: { hasFocus: () => hasFocus } });
    Object.defineProperty(globalThis, "performance", { value: { now: () => now }, configurable: true });
    settle(false);
    restartAttention();
    for (const [at, what] of steps) {
      now = start + at;
      if (what === "input") noteInput();
      else {
        hasFocus = what[1];
        settle(what[0]);
      }
    }
    assert.deepEqual([visible_ms, active_ms], [visible, active]);
  });
}
