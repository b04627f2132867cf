import type { Page, TrackedEvent } from "./wire";

/** One event that the collector has not confirmed. */
export interface Unconfirmed {
  readonly page: Page;
  readonly event: TrackedEvent;
  /** Sent by sendBeacon, whose answer nobody sees: it waits for the page to be visible again. */
  isBeaconed: boolean;
}

const DROPPED_FIRST = ["click", "scroll", "engagement"];

/** The queue held to `most` events, by dropping the oldest of the kind that is missed least. */
export function boundQueue(queue: readonly Unconfirmed[], most: number): Unconfirmed[] {
  const kept = queue.slice();
  while (kept.length > most) {
    const places = DROPPED_FIRST.map((name) => kept.findIndex(({ event }) => event.name === name));
    kept.splice(Math.max(0, places.find((place) => place >= 0) ?? 0), 1);
  }
  return kept;
}

/** The next body's worth: events of the first one's page, at most `most`. One body has one page. */
export function getBatch(queue: readonly Unconfirmed[], most: number): Unconfirmed[] {
  return queue.filter(({ page }) => page === queue[0]!.page).slice(0, most);
}
