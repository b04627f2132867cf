import assert from "node:assert/strict";
import { test } from "node:test";
import { isNewRoute } from "../src/onHistory";

const at = (path: string) => Object.assign(globalThis, { location: new URL("https://shop.example" + path) });

for (const [isStep, next, isNew] of [
  [true, "/q?x=1", true],
  [true, "/p?x=2", true],
  [true, "/p?x=1#other", false],
  [false, "/p?x=2", false],
  [false, "/q?x=1", true],
  [false, "/p?x=1#other", false],
] as const) {
  test(`${isStep ? "a step" : "a replace"} to ${next} is ${isNew ? "another view" : "the same view"}`, () => {
    at("/p?x=1#top");
    isNewRoute();
    at(next);
    assert.equal(isNewRoute(isStep), isNew);
  });
}
