import assert from "node:assert/strict";
import { test } from "node:test";
import { getPageUrl, isNewRoute } from "../src/route";

const AT = "https://shop.example/p?x=1#top";

for (const [change, next, isNew] of [
  ["push", "https://shop.example/q?x=1", true],
  ["push", "https://shop.example/p?x=2", true],
  ["push", "https://shop.example/p?x=1#other", false],
  ["push", "https://shop.example/p/?x=1", false],
  ["traverse", "https://shop.example/p", true],
  ["traverse", "https://shop.example/p?x=1", false],
  ["replace", "https://shop.example/p?x=2", false],
  ["replace", "https://shop.example/q?x=1", true],
  ["replace", "https://shop.example/p?x=1#other", false],
] as const) {
  test(`${change} to ${next} is ${isNew ? "another view" : "the same view"}`, () => {
    assert.equal(isNewRoute(AT, next, change), isNew);
  });
}

test("an address is sent without its fragment", () => {
  assert.equal(getPageUrl(AT), "https://shop.example/p?x=1");
  assert.equal(getPageUrl("https://shop.example/#access_token=1#2"), "https://shop.example/");
  assert.equal(getPageUrl(""), "");
});
