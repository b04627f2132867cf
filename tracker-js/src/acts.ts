import { later } from "./guard";

// What may wait has a task of its own, so that what the page does comes first: the first view's beginning, and to work
// out what a visitor did. Whatever depends on it settles it first.

let waiting: (() => void) | undefined;

/** Runs something soon, in any case when acts are settled. Nothing else may wait by then. */
export function soon(act: () => void): void {
  waiting = act;
  later(settleActs);
}

/** Runs what waits. */
export function settleActs(): void {
  const act = waiting;
  waiting = undefined;
  act?.();
}
