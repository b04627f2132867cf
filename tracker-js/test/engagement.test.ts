import assert from "node:assert/strict";
import { test } from "node:test";
import { getNextHeartbeat, hasNews, NO_ENGAGEMENT } from "../src/engagement";

test("heartbeats come at 30 s, 60 s, then every 120 s of visible time", () => {
  for (const [visible_ms, next_ms] of [
    [0, 30_000],
    [29_999.9, 30_000],
    [30_000, 60_000],
    [59_999.9, 60_000],
    [60_000, 180_000],
    [179_999, 180_000],
    [180_000, 300_000],
    [301_000, 420_000],
  ] as const) {
    assert.equal(getNextHeartbeat(visible_ms), next_ms, `at ${visible_ms} ms`);
  }
});

test("a report that says nothing new is no news", () => {
  const reported = { visible_ms: 5_000, active_ms: 4_000, scroll_percent: 50 };
  assert.equal(hasNews(NO_ENGAGEMENT, NO_ENGAGEMENT), false);
  assert.equal(hasNews(reported, reported), false);
  assert.equal(hasNews({ ...reported, visible_ms: 5_002 }, reported), false);
  assert.equal(hasNews({ ...reported, visible_ms: 5_100 }, reported), true);
  assert.equal(hasNews({ ...reported, scroll_percent: 51 }, reported), true);
  assert.equal(hasNews({ ...reported, scroll_percent: 20 }, reported), false);
});
