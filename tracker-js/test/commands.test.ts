import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerCommands, claimCommands } from "../src/commands";
import { setSettings } from "../src/settings";

let recorded: unknown[];
const commands = {
  event: (...call: unknown[]) => recorded.push(call.filter((one) => one !== undefined)),
  fail: () => {
    throw new Error("a bug");
  },
};
const install = (footfall?: unknown) => Object.assign(globalThis, { window: { footfall } });
/** What a page does that may call before the script has loaded. */
const stub = (...calls: unknown[]) => {
  const footfall: any = (...call: unknown[]) => footfall.q.push(call);
  footfall.q = calls;
  return footfall;
};
/** What a script does as soon as the page is seen. */
const answer = (site: string) => answerCommands(claimCommands(site)!, commands);
const call = (...args: unknown[]) => window.footfall!(...args);

beforeEach(() => {
  recorded = [];
  setSettings({});
  install();
});

test("calls made before the script loaded are replayed in order", () => {
  install(stub(["event", "early"], ["event", "second"]));
  const queue = claimCommands("shop")!;
  call("event", "before-start");
  assert.deepEqual(recorded, []);
  answerCommands(queue, commands);
  call("event", "late", 1);
  assert.deepEqual(recorded, [["early"], ["second"], ["before-start"], ["late", 1]]);
});

test("a stub that the page kept a hold of still works", () => {
  const kept = stub();
  install(kept);
  answer("shop");
  kept("event", "kept");
  assert.deepEqual(recorded, [["kept"]]);
});

test("a second load for the same site is a no-op; another site answers too", () => {
  install(stub(["event", "early"]));
  answer("shop");
  assert.equal(claimCommands("shop"), undefined);
  answer("shop-2");
  call("event", "both");
  assert.deepEqual(recorded, [["early"], ["early"], ["both"], ["both"]]);
});

test("an element with the id footfall is no stub", () => {
  install({ id: "footfall" });
  answer("shop");
  call("event", "x");
  assert.deepEqual(recorded, [["x"]]);
});

test("bad calls throw nothing and record nothing", () => {
  answer("shop");
  for (const bad of [[], ["nope"], [Symbol("x")], ["fail"]]) call(...bad);
  assert.deepEqual(recorded, []);
});
