import { later, warn } from "./guard";
import { write } from "./journal";
import { KEEPALIVE_LENGTH, post } from "./post";
import type { Row } from "./row";
import { settings } from "./settings";

const ENOUGH = 19; // more rows are worth a request at once
const MAX_ROWS = 500;
const MAX_LENGTH = 262_144; // characters
const DROPPED_FIRST = /^.{9}(click|scroll|engag)/;
const AGAIN = /^0|408|429|5../; // 0: the network
const RETRY_FROM_MS = 1_000;
const RETRY_UP_TO_MS = 300_000;

export let rows: Row[] = [];
let beaconed: Row[] = []; // sent by sendBeacon, whose answer nobody sees
/** Events that found no place and have not been reported yet. */
export let dropped = 0;
let nextAt = 0; // ms since 1970; never, while a request is under way
let failures = 0;

export function forgetDropped(): void {
  dropped = 0;
}

export function remove(gone: readonly Row[]): void {
  rows = rows.filter((row) => !gone.includes(row));
  write(gone, true);
}

/** Queues a row, which goes out with others within 5 s. Where there are too many, the oldest that is missed least goes. */
export function add(row: Row): void {
  rows.push(row);
  for (; rows[MAX_ROWS] || String(rows.map((row) => row.text)).length > MAX_LENGTH; dropped++) {
    remove([rows.find((row) => DROPPED_FIRST.test(row.text)) || rows[0]!]);
  }
  if (rows[ENOUGH]) later(send);
}

/**
 * Sends what waits, unless the collector asked to be left alone; one request is under way at a time. A page that
 * `isLeaving` hands it to the browser instead, which says yes even when it is offline or blocked: no confirmation.
 */
export function send(isLeaving?: boolean): void {
  const waiting = rows.filter((row) => !beaconed.includes(row));
  if (!waiting[0] || (!isLeaving && Date.now() < nextAt)) return;
  const { head } = waiting[0];
  let length = 0;
  const batch = waiting.filter((row, index) => row.head === head && ((length += row.text.length) < KEEPALIVE_LENGTH || !index));
  const body = `${head.slice(0, -1)},"sent_at":${Date.now()},"events":[${batch.map((row) => row.text)}]}`;
  if (isLeaving && navigator.sendBeacon as unknown) {
    if (!navigator.sendBeacon(settings.endpoint!, body)) return; // over the quota
    beaconed.push(...batch);
    return send(isLeaving);
  }
  post(body, ({ status, headers }) => {
    let delay_ms = 0;
    warn(status);
    if (AGAIN.test(status as never)) {
      // Half of it by chance, so that pages which failed together do not come back together.
      delay_ms = Math.max(
        +headers?.get("Retry-After")! * 1_000 || 0,
        Math.min(RETRY_FROM_MS * 2 ** failures++, RETRY_UP_TO_MS / 2) * (1 + Math.random()),
      );
    } else {
      failures = 0;
      remove(batch);
    }
    nextAt = Date.now() + delay_ms;
    later(send, delay_ms);
  });
  nextAt = Infinity;
}

/** The page lives: what went by beacon is sent once more, to see an answer. */
export function resend(): void {
  beaconed = [];
  send();
}

/** The network is back: no need to wait. */
export function retryNow(): void {
  nextAt = 0;
  resend();
}
