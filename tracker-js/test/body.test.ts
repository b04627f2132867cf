import assert from "node:assert/strict";
import { test } from "node:test";
import { getBodyText } from "../src/body";
import { getPageviewId } from "../src/pageviewId";
import type { TrackedEvent } from "../src/wire";

test("half a surrogate pair does not spoil a body; whole ones and backslashes stay", () => {
  const text = (props: Record<string, string>) => {
    const event: TrackedEvent = { name: "x", seq: 0, at: 0, props };
    return JSON.parse(getBodyText({ site: "s", sent_at: 0, page: { id: "p", url: "u" }, events: [event] })).events[0].props;
  };
  assert.deepEqual(text({ a: "cut \ud83d", b: "🙂", c: "C:\\users" }), { a: "cut \ufffd", b: "🙂", c: "C:\\users" });
});

test("a pageview id is 22 characters of base64url, never the same twice", () => {
  const ids = Array.from({ length: 1_000 }, getPageviewId);
  for (const id of ids) assert.match(id, /^[\w-]{22}$/);
  assert.equal(new Set(ids).size, 1_000);
});
