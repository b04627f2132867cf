import { guard, warn } from "./guard";

type Call = readonly unknown[];

type Answer = (call: Call) => unknown;

/** Calls from before anything answered; from then on a call that is pushed is answered. */
export interface Queue {
  [mark: string]: unknown;
  [Symbol.iterator](): Iterator<Call>;
  on?: Answer;
  push: Answer;
}

/** `window.footfall`: the page's queue stub before this script ran, the real one after. */
export interface Footfall {
  (...call: unknown[]): void;
  q?: Queue;
}

declare global {
  interface Window {
    footfall?: Footfall;
  }
}

/** What `footfall(command, first, second)` does. */
export type Commands = { [command: string]: (first: any, second: any) => unknown };

/**
 * Takes the calls of `window.footfall` for a site: what holds those that wait. Nothing when the site is measured on
 * this page already: frameworks that swap the body run a script tag again and again.
 */
export function claimCommands(site: string): Queue | undefined {
  let { footfall } = window;
  // An element with the id "footfall" has that name in the window, too.
  if (!footfall?.call) footfall = window.footfall = (...call) => void footfall!.q!.push(call);
  const queue = (footfall.q = footfall.q || ([] as unknown as Queue));
  const mark = "$" + site;
  if (queue[mark]) return undefined;
  queue[mark] = 1;
  return queue;
}

/** Answers the calls that wait, and from now on each at once. The page's own stub goes on pushing. */
export function answerCommands(queue: Queue, commands: Commands): void {
  const { on } = queue; // another site's script answers, too
  const run = guard(([command, first, second]: Call) => (commands[command as string] || warn)(first, second));
  const waiting = [...queue];
  queue.push = queue.on = (call) => {
    on?.(call);
    run(call);
  };
  waiting.forEach(run);
}
