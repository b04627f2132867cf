import assert from "node:assert/strict";
import { test } from "node:test";
import { boundQueue, getBatch, type Unconfirmed } from "../src/queue";
import type { Page } from "../src/wire";

const A: Page = { id: "a", url: "https://shop.example/a" };
const B: Page = { id: "b", url: "https://shop.example/b" };
const build = (names: string, page = A): Unconfirmed[] =>
  names.split(" ").map((name, seq) => ({ page, event: { name, seq, at: 0 }, isBeaconed: false }));
const getNames = (queue: readonly Unconfirmed[]) => queue.map(({ event }) => event.name).join(" ");

for (const [name, before, most, after] of [
  ["a queue that fits stays", "pageview click", 2, "pageview click"],
  ["clicks go first, the oldest first", "pageview click signup click", 3, "pageview signup click"],
  ["then scrolls", "pageview engagement scroll signup", 3, "pageview engagement signup"],
  ["then engagement", "pageview engagement signup", 2, "pageview signup"],
  ["then the oldest", "pageview signup order", 2, "signup order"],
] as const) {
  test(name, () => assert.equal(getNames(boundQueue(build(before), most)), after));
}

test("one body has one page", () => {
  const queue = [...build("pageview click"), ...build("pageview", B), ...build("engagement")];
  assert.equal(getNames(getBatch(queue, 100)), "pageview click engagement");
  assert.equal(getNames(getBatch(queue, 2)), "pageview click");
});
