import assert from "node:assert/strict";
import { test } from "node:test";
import { isStableClass, isStableName } from "../src/stableName";

const STABLE = ["buy", "add-to-cart", "product-42", "nav_main", "step2", "mainMenu", "card__title", "checkout.pay", "h1"];
const GENERATED = [
  "", "x", ":r1:", "radix-:r3:", "«r1»", "_r_1_", "ember123", "item-123456", "yui_3_17_2_1_1487",
  "css-1a2b3c", "sc-bdvvtg", "svelte-1xq9k2", "Button_root__3fK2d", "card_title__aBcDe", "iGhTyU",
  "a3f9c1d2", "550e8400-e29b-41d4-a716-446655440000", "sdfkjhq", "md:flex", "w-[12px]", "9lives", "a".repeat(60),
];

test("names that a person chose are kept", () => {
  for (const name of STABLE) assert.equal(isStableName(name), true, name);
});

test("names that a build made are skipped", () => {
  for (const name of GENERATED) assert.equal(isStableName(name), false, name);
});

test("a class must say what a thing is", () => {
  for (const name of ["product-card", "btn-primary", "logo", "card__title"]) assert.equal(isStableClass(name), true, name);
  for (const name of ["flex", "mt-4", "px-2", "items-center", "is-open", "active", "col-6", "text-lg", "hidden", "max-w-lg"]) {
    assert.equal(isStableClass(name), false, name);
  }
});
