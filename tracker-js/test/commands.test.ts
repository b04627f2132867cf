import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { claimCommands } from "../src/commands";
import { setSettings } from "../src/settings";

let recorded: unknown[];
const commands = {
  event: (...call: unknown[]) => recorded.push(call.filter((one) => one !== undefined)),
  fail: () => {
    throw new Error("a bug");
  },
};
const install = (footfall?: unknown) => Object.assign(globalThis, { window: { footfall } });
const call = (...args: unknown[]) => window.footfall!(...args);

beforeEach(() => {
  recorded = [];
  setSettings({});
  install();
});

test("calls made before the script loaded are replayed in order", () => {
  install(Object.assign(() => {}, { q: [["event", "early"], ["event", "second"]] }));
  const answer = claimCommands("shop", commands)!;
  call("event", "before-start");
  assert.deepEqual(recorded, []);
  answer();
  call("event", "late", 1);
  assert.deepEqual(recorded, [["early"], ["second"], ["before-start"], ["late", 1]]);
});

test("a stub that the page kept a hold of still works", () => {
  claimCommands("shop", commands)!();
  window.footfall!.q!.push(["event", "kept"]);
  assert.deepEqual(recorded, [["kept"]]);
});

test("a second load for the same site is a no-op; another site answers too", () => {
  install(Object.assign(() => {}, { q: [["event", "early"]] }));
  claimCommands("shop", commands)!();
  assert.equal(claimCommands("shop", commands), undefined);
  claimCommands("shop-2", commands)!();
  call("event", "both");
  assert.deepEqual(recorded, [["early"], ["early"], ["both"], ["both"]]);
});

test("an element with the id footfall is no stub", () => {
  install({ id: "footfall" });
  claimCommands("shop", commands)!();
  call("event", "x");
  assert.deepEqual(recorded, [["x"]]);
});

test("bad calls throw nothing and record nothing", () => {
  claimCommands("shop", commands)!();
  for (const bad of [[], ["nope"], [Symbol("x")], ["fail"]]) call(...bad);
  assert.deepEqual(recorded, []);
});
