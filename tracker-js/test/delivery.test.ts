import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { type Delivery, startDelivery } from "../src/delivery";
import type { Body, Page } from "../src/wire";

const A: Page = { id: "a", url: "https://shop.example/a" };
const B: Page = { id: "b", url: "https://shop.example/b" };

let delivery: Delivery;
let fetched: Body[];
let beaconed: Body[];
let statuses: number[]; // what fetch answers, in order; 202 when there is no more
let beaconLimit: number; // characters
let now = 0;

/** Lets time pass in small steps, so that answers come between timers. */
async function pass(ms: number): Promise<void> {
  for (const end = now + ms; now < end; ) {
    now += 25;
    mock.timers.tick(25);
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
  }
}
const add = (count: number, page = A, from = 0) => {
  for (let seq = from; seq < from + count; seq++) delivery.add(page, { name: "custom", seq, at: 0 });
};
const getIds = (bodies: readonly Body[]) =>
  bodies.map(({ page, events }) => events.map(({ seq }) => page.id + seq).join(" "));

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  now = 0;
  fetched = [];
  beaconed = [];
  statuses = [];
  beaconLimit = Infinity;
  const fetch = async (_url: string, { body }: { body: string }) => {
    fetched.push(JSON.parse(body));
    const status = statuses.shift() ?? 202;
    if (!status) throw new TypeError("network");
    return { status, headers: { get: () => null } };
  };
  const sendBeacon = (_url: string, body: string) => body.length <= beaconLimit && !!beaconed.push(JSON.parse(body));
  const performance = { now: () => now };
  for (const [name, value] of Object.entries({ window: { fetch }, fetch, navigator: { sendBeacon }, performance })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  mock.method(Math, "random", () => 0);
  delivery = startDelivery({ site: "shop", endpoint: "https://shop.example/api/v1/events" });
});

test("the first pageview goes out after 50 ms, the rest within 5 s", async () => {
  add(1);
  delivery.sendIn(50);
  await pass(100);
  assert.deepEqual(getIds(fetched), ["a0"]);
  add(2, A, 1);
  await pass(4_900);
  assert.equal(fetched.length, 1);
  await pass(200);
  assert.deepEqual(getIds(fetched), ["a0", "a1 a2"]);
});

test("20 events are enough for a request at once", async () => {
  add(20);
  await pass(50);
  assert.equal(fetched[0]!.events.length, 20);
});

test("events of two pages go in two bodies", async () => {
  add(2);
  add(1, B);
  await pass(5_100);
  assert.deepEqual(getIds(fetched), ["a0 a1", "b0"]);
});

test("after a failure the same events come again, later and later, with the same ids", async () => {
  statuses = [503, 0, 429];
  add(2);
  delivery.sendIn(0);
  await pass(900);
  assert.equal(fetched.length, 1);
  await pass(7_000); // 1 s + 2 s + 4 s
  assert.deepEqual(getIds(fetched), ["a0 a1", "a0 a1", "a0 a1", "a0 a1"]);
  await pass(20_000);
  assert.equal(fetched.length, 4);
});

test("a timer that was set before a failure does not cut the back-off short", async () => {
  statuses = [503, 503, 503, 503];
  add(1);
  delivery.sendIn(0);
  await pass(3_500); // tries at 0, 1 and 3 s; the next is due at 7 s
  assert.equal(fetched.length, 3);
  add(1, A, 1);
  add(30, A, 2);
  await pass(3_000);
  assert.equal(fetched.length, 3);
});

test("a body that is too large is halved; a single event that is too large is dropped", async () => {
  statuses = [413, 413];
  add(4);
  delivery.sendIn(0);
  await pass(200);
  assert.deepEqual(getIds(fetched), ["a0 a1 a2 a3", "a0 a1", "a0", "a1", "a2", "a3"]);
  statuses = [413];
  add(1, A, 9);
  await pass(20_000);
  assert.deepEqual(getIds(fetched).slice(6), ["a9"]);
});

test("what the collector refuses is dropped", async () => {
  statuses = [400];
  add(1);
  await pass(30_000);
  assert.equal(fetched.length, 1);
});

test("leaving beacons all that is not confirmed, once; returning sends it again by fetch", async () => {
  add(2);
  add(1, B);
  delivery.leave();
  delivery.leave();
  assert.deepEqual(getIds(beaconed), ["a0 a1", "b0"]);
  await pass(30_000);
  assert.equal(fetched.length, 0);
  delivery.return();
  await pass(100);
  assert.deepEqual(getIds(fetched), ["a0 a1", "b0"]);
  delivery.leave();
  assert.equal(beaconed.length, 2);
});

test("a refused beacon is split in half until it fits", () => {
  add(8);
  beaconLimit = 240;
  delivery.leave();
  assert.ok(beaconed.length > 1);
  assert.deepEqual(getIds(beaconed).join(" "), "a0 a1 a2 a3 a4 a5 a6 a7");
});

test("without sendBeacon, leaving posts by fetch", async () => {
  Object.assign(navigator, { sendBeacon: undefined });
  add(1);
  delivery.leave();
  await pass(50);
  assert.deepEqual(getIds(fetched), ["a0"]);
});
