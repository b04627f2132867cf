import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { claimCommands } from "../src/commands";

let recorded: unknown[];
const tracker = {
  record: (...call: unknown[]) => void recorded.push(call),
  flush: () => void recorded.push("flush"),
};
const install = (footfall?: unknown) => Object.assign(globalThis, { window: { footfall } });
const call = (...args: unknown[]) => window.footfall!(...args);

beforeEach(() => {
  recorded = [];
  install();
});

test("calls made before the script loaded are replayed in order", () => {
  const stub = Object.assign(() => {}, { q: [["event", "early", { props: { a: 1 } }], ["flush"]] });
  install(stub);
  const start = claimCommands("shop")!;
  call("event", "before-start");
  assert.deepEqual(recorded, []);
  start(tracker);
  call("event", "late");
  const none = { props: undefined, revenue: undefined };
  assert.deepEqual(recorded, [
    ["early", { props: { a: 1 }, revenue: undefined }],
    "flush",
    ["before-start", none],
    ["late", none],
  ]);
});

test("a stub that the page kept a hold of still works", () => {
  claimCommands("shop")!(tracker);
  window.footfall!.q!.push(["event", "kept"]);
  assert.equal(recorded.length, 1);
});

test("a second load for the same site is a no-op, another site is not", () => {
  claimCommands("shop")!(tracker);
  assert.equal(claimCommands("shop"), undefined);
  const startOther = claimCommands("blog")!;
  startOther({ record: () => assert.fail("the first site answers"), flush: () => {} });
  call("event", "mine");
  assert.equal(recorded.length, 1);
});

test("an element with the id footfall is no stub", () => {
  install({ id: "footfall", q: 1 });
  claimCommands("shop")!(tracker);
  call("flush");
  assert.deepEqual(recorded, ["flush"]);
});

test("bad calls throw nothing and record nothing", () => {
  claimCommands("shop")!(tracker);
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  for (const bad of [[], ["event"], ["event", 7], ["event", ""], ["nope"], ["constructor"], [Symbol("x")], ["event", "x", { props: circle }]]) {
    call(...bad);
  }
  assert.deepEqual(recorded, []);
});

test("an event is a copy, and carries nothing but props and revenue", () => {
  claimCommands("shop")!(tracker);
  const props = { plan: "pro" };
  call("event", "signup", { props, revenue: { amount: 9.9, currency: "EUR" }, seq: 0, name: "x" });
  props.plan = "changed";
  assert.deepEqual(recorded, [["signup", { props: { plan: "pro" }, revenue: { amount: 9.9, currency: "EUR" } }]]);
});
