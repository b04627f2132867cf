import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { add, dropped, forgetDropped, remove, resend, retryNow, rows, send } from "../src/delivery";
import { setSettings } from "../src/settings";

interface Sent {
  readonly page: string;
  readonly events: readonly { readonly seq: number }[];
}

let fetched: Sent[];
let beaconed: Sent[];
let statuses: number[]; // what fetch answers, in order; 202 when there is no more
let retryAfter: string | null;
let quota: number; // characters that sendBeacon takes

/** Lets time pass in small steps, so that answers come between timers. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 25) {
    mock.timers.tick(25);
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  }
}
const put = (count: number, page = "a", from = 0, name = "custom", more = "") => {
  for (let seq = from; seq < from + count; seq++) {
    add({ id: `${page}.${seq}`, head: JSON.stringify({ page }), text: JSON.stringify({ name, seq, more }), at: 0 });
  }
};
const getIds = (bodies: readonly Sent[]) =>
  bodies.map(({ page, events }) => events.map(({ seq }) => page + seq).join(" "));

beforeEach(async () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() + 1e7 });
  fetched = [];
  beaconed = [];
  statuses = [];
  retryAfter = null;
  quota = Infinity;
  const fetch = async (_url: string, { body }: { body: string }) => {
    fetched.push(JSON.parse(body));
    const status = statuses.shift() ?? 202;
    if (!status) throw new TypeError("network");
    return { status, headers: { get: () => retryAfter } };
  };
  const sendBeacon = (_url: string, body: string) => (quota -= body.length) >= 0 && !!beaconed.push(JSON.parse(body));
  for (const [name, value] of Object.entries({ window: globalThis, fetch, navigator: { sendBeacon } })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  mock.method(Math, "random", () => 0);
  setSettings({ endpoint: "https://shop.example/e" });
  remove(rows);
  put(1); // a success forgets earlier failures
  retryNow();
  await pass(50);
  forgetDropped();
  fetched = [];
});

test("20 events are enough for a request at once", async () => {
  put(19);
  await pass(50);
  assert.equal(fetched.length, 0);
  put(1, "a", 19);
  await pass(50);
  assert.equal(fetched[0]!.events.length, 20);
  assert.equal(rows.length, 0);
});

test("events of two pages go in two bodies, one after the other", async () => {
  put(2);
  put(1, "b");
  send();
  assert.equal(fetched.length, 1);
  await pass(50);
  assert.deepEqual(getIds(fetched), ["a0 a1", "b0"]);
});

test("after a failure the same events come again, later and later, with the same ids", async () => {
  statuses = [503, 0, 429];
  put(2);
  send();
  await pass(900);
  assert.equal(fetched.length, 1);
  await pass(7_000); // 1 s + 2 s + 4 s
  assert.deepEqual(getIds(fetched), ["a0 a1", "a0 a1", "a0 a1", "a0 a1"]);
  await pass(20_000);
  assert.equal(fetched.length, 4);
});

test("Retry-After is honoured, and nothing cuts it short but the network's return", async () => {
  statuses = [503];
  retryAfter = "30";
  put(1);
  send();
  await pass(50);
  put(30, "a", 1);
  send();
  resend();
  await pass(29_000);
  assert.equal(fetched.length, 1);
  retryNow();
  await pass(50);
  assert.equal(fetched.length, 2);
});

for (const status of [400, 413]) {
  test(`what the collector refuses with ${status} is dropped`, async () => {
    statuses = [status];
    put(2);
    send();
    await pass(30_000);
    assert.deepEqual([fetched.length, rows.length], [1, 0]);
  });
}

test("a body has 20,000 characters of events at most; a larger event goes alone", async () => {
  put(1, "a", 0, "custom", "x".repeat(30_000));
  put(3, "a", 1, "custom", "x".repeat(9_000));
  send();
  await pass(100);
  assert.deepEqual(getIds(fetched), ["a0", "a1 a2", "a3"]);
});

test("leaving beacons all that is not confirmed, once; a page that lives sends it again by fetch", async () => {
  put(2);
  put(1, "b");
  send(true);
  send(true);
  assert.deepEqual(getIds(beaconed), ["a0 a1", "b0"]);
  send();
  assert.equal(fetched.length, 0);
  resend();
  await pass(50);
  assert.deepEqual(getIds(fetched), ["a0 a1", "b0"]);
  assert.equal(rows.length, 0);
});

test("beacons are split under the quota, and what it refuses stays", () => {
  quota = 50_000;
  put(8, "a", 0, "custom", "x".repeat(9_000));
  send(true);
  assert.ok(beaconed.length > 1);
  const taken = beaconed.flatMap(({ events }) => events).length;
  assert.ok(taken >= 4, `${taken} of 8`);
  quota = Infinity;
  send(true);
  assert.deepEqual(beaconed.flatMap(({ events }) => events.map(({ seq }) => seq)), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test("a queue that is full drops what is missed least, and counts it", () => {
  statuses = Array(99).fill(503);
  put(1, "a", 0, "pageview");
  put(300, "a", 1, "click");
  put(250, "a", 301, "custom");
  assert.deepEqual([rows.length, dropped], [500, 51]);
  assert.ok(rows[0]!.text.includes("pageview"));
  put(1, "a", 600, "custom", "x".repeat(262_144));
  assert.ok(rows.map(({ text }) => text).join().length <= 262_144);
});

test("where the page took fetch away, an XMLHttpRequest sends and hears the answer", async () => {
  class XMLHttpRequest {
    status = 0;
    onloadend?: () => void;
    open(): void {}
    send(body: string): void {
      fetched.push(JSON.parse(body));
      this.status = statuses.shift() ?? 202;
      setTimeout(() => this.onloadend!());
    }
  }
  Object.assign(globalThis, { XMLHttpRequest, fetch: undefined });
  statuses = [503, 0];
  put(2);
  send();
  await pass(900);
  assert.deepEqual([fetched.length, rows.length], [1, 2]);
  await pass(7_000);
  assert.deepEqual(getIds(fetched), ["a0 a1", "a0 a1", "a0 a1"]);
  assert.equal(rows.length, 0);
});
