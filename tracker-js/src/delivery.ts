import { getRetryDelay, getVerdict } from "./answer";
import { getBodyText } from "./body";
import { later } from "./later";
import { post, postBeacon } from "./post";
import { boundQueue, getBatch, type Unconfirmed } from "./queue";
import type { Settings } from "./settings";
import { warn } from "./warn";
import type { Page, TrackedEvent } from "./wire";

const MAX_QUEUE = 500; // events
const MAX_BODY = 100; // events
const ENOUGH = 20; // events that are worth a request at once
const PAUSE_MS = 5_000;

export interface Delivery {
  /** Queues an event; it goes out with others, within 5 s. */
  add(page: Page, event: TrackedEvent): void;
  /** Sends what waits, `delay_ms` from now or when the back-off ends. */
  sendIn(delay_ms: number): void;
  /** The page may die now: hands all that is not confirmed to the browser. */
  leave(): void;
  /** The page is visible again: what went by beacon is sent once more, to see an answer. */
  return(): void;
}

/** Delivers at least once; an event keeps its id and number, so the collector counts it once. */
export function startDelivery({ site, endpoint }: Settings): Delivery {
  let queue: Unconfirmed[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due_at = Infinity;
  let retry_at = 0;
  let failures = 0;
  let maxBody = MAX_BODY;
  let isPosting = false;

  const getWaiting = () => queue.filter((one) => !one.isBeaconed);
  const getText = (batch: readonly Unconfirmed[]) =>
    getBodyText({ site, sent_at: Date.now(), page: batch[0]!.page, events: batch.map(({ event }) => event) });
  const remove = (batch: readonly Unconfirmed[]) => {
    queue = queue.filter((one) => !batch.includes(one));
  };

  function sendIn(delay_ms: number): void {
    const now = performance.now();
    const at = Math.max(now + delay_ms, retry_at);
    if (at >= due_at) return;
    clearTimeout(timer);
    due_at = at;
    timer = later(send, at - now);
  }

  function send(): void {
    due_at = Infinity;
    if (performance.now() < retry_at) return sendIn(0); // set before the collector asked to wait
    const waiting = getWaiting();
    if (isPosting || !waiting.length) return; // the answer sends what came meanwhile
    const batch = getBatch(waiting, maxBody);
    const text = getText(batch);
    isPosting = true;
    post(endpoint, text, (status, retryAfter) => {
      isPosting = false;
      const verdict = getVerdict(status);
      if (verdict === "retry") {
        failures += 1;
        retry_at = performance.now() + getRetryDelay(failures, Math.random(), retryAfter, Date.now());
      } else if (verdict === "halve" && batch.length > 1) {
        maxBody = Math.ceil(batch.length / 2);
      } else {
        failures = 0;
        remove(batch);
        if (verdict !== "confirmed") warn(`the collector refused ${batch.length} event(s) with status ${status}`, text);
      }
      if (getWaiting().length) sendIn(verdict !== "confirmed" || waiting.length > batch.length ? 0 : PAUSE_MS);
    });
  }

  function beacon(batch: readonly Unconfirmed[]): void {
    if (postBeacon(endpoint, getText(batch))) {
      for (const one of batch) one.isBeaconed = true;
    } else if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      beacon(batch.slice(0, half));
      beacon(batch.slice(half));
    }
  }

  return {
    add(page, event) {
      queue = boundQueue([...queue, { page, event, isBeaconed: false }], MAX_QUEUE);
      sendIn(getWaiting().length >= ENOUGH ? 0 : PAUSE_MS);
    },
    sendIn,
    leave() {
      for (let rest = getWaiting(); rest[0]; ) {
        const batch = getBatch(rest, maxBody);
        beacon(batch);
        rest = rest.filter((one) => !batch.includes(one));
      }
    },
    return() {
      if (queue.some((one) => one.isBeaconed)) sendIn(0);
      for (const one of queue) one.isBeaconed = false;
    },
  };
}
