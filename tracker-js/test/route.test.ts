import assert from "node:assert/strict";
import { test } from "node:test";
import { isNewRoute } from "../src/onHistory";

const at = (path: string) => Object.assign(globalThis, { location: new URL("https://shop.example" + path) });

for (const [isReplaced, next, isNew] of [
  [false, "/q?x=1", true],
  [false, "/p?x=2", true],
  [false, "/p?x=1#other", false],
  [true, "/p?x=2", false],
  [true, "/q?x=1", true],
  [true, "/p?x=1#other", false],
] as const) {
  test(`${isReplaced ? "a replace" : "a step"} to ${next} is ${isNew ? "another view" : "the same view"}`, () => {
    at("/p?x=1#top");
    isNewRoute();
    at(next);
    assert.equal(isNewRoute(isReplaced), isNew);
  });
}
