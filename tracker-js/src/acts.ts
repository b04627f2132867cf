import { later } from "./guard";

// What a visitor does is noted at once and worked out in a task of its own, so that the page's answer comes first.

let waiting: (() => void) | undefined;

/** Works an act out soon, in any case before the next act or event and before the view ends. */
export function soon(act: () => void): void {
  settleActs();
  waiting = act;
  later(settleActs);
}

export function settleActs(): void {
  const act = waiting;
  waiting = undefined;
  act?.();
}
