import assert from "node:assert/strict";
import { test } from "node:test";
import { getRetryDelay, getVerdict } from "../src/answer";

test("what an answer means", () => {
  for (const [status, verdict] of [
    [200, "confirmed"], [202, "confirmed"], [204, "confirmed"],
    [0, "retry"], [408, "retry"], [429, "retry"], [500, "retry"], [503, "retry"],
    [413, "halve"],
    [304, "refused"], [400, "refused"], [403, "refused"], [404, "refused"],
  ] as const) {
    assert.equal(getVerdict(status), verdict, String(status));
  }
});

test("the back-off doubles from 1 s to 5 min, with chance, and honours Retry-After", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  for (const [failures, random, retryAfter, delay_ms] of [
    [1, 0, null, 1_000],
    [1, 0.5, null, 1_500],
    [2, 0, null, 2_000],
    [5, 0, null, 16_000],
    [50, 0, null, 150_000],
    [5_000, 1, null, 300_000],
    [1, 0, "30", 30_000],
    [1, 0, "0", 1_000],
    [1, 0, "Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
    [1, 0, "Wed, 31 Dec 2025 00:00:00 GMT", 1_000],
    [1, 0, "soon", 1_000],
    [1, 0, "99999999", 3_600_000],
  ] as const) {
    assert.equal(getRetryDelay(failures, random, retryAfter, now), delay_ms, `${failures} ${retryAfter}`);
  }
});
