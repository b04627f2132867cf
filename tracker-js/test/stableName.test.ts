import assert from "node:assert/strict";
import { test } from "node:test";
import { isStable } from "../src/isStable";

const STABLE = ["buy", "add-to-cart", "step2", "product_card", "nav.main", "btn-primary", "h1"];
const GENERATED = [
  "", ":r1:", "css-1a2b3c", "sc-bdvvtg", "ng-star", "ember123", "item-123456", "yui_3_17_2_1_1487",
  "Button_root__3fK2d", "card_title__aBcDe", "iGhTyU", "550e8400-e29b-41d4-a716-446655440000", "sdfkjhq", "md:flex",
  "w-[12px]", "9lives", "a".repeat(60),
];

test("names that a person chose are kept", () => {
  for (const name of STABLE) assert.ok(isStable("#" + name) && isStable(`[${name}]`), name);
});

test("names that a build made are skipped", () => {
  for (const name of GENERATED) assert.ok(!isStable("#" + name) && !isStable("." + name) && !isStable(`[${name}]`), name);
});

test("a class must say what a thing is", () => {
  for (const name of ["product-card", "btn-primary", "logo", "card__title"]) assert.equal(isStable("." + name), true, name);
  for (const name of ["w-full", "mt-4", "px-2", "is-open", "active", "hidden"]) assert.equal(isStable("." + name), false, name);
});
