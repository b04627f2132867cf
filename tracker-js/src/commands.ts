import { guard, warn } from "./guard";

type Call = Iterable<unknown>;

/** `window.footfall`: the page's queue stub before this script ran, the real one after. */
export interface Footfall {
  (...call: unknown[]): void;
  /** Calls from before anything answered. */
  q?: Call[];
  /** Set by this script: not a stub. */
  on?: true;
}

declare global {
  interface Window {
    footfall?: Footfall;
  }
}

/** What `footfall(command, first, second)` does. */
export type Commands = Record<string, (first: any, second: any) => unknown>;

/**
 * Takes `window.footfall` for a site. Answers how to begin answering, or nothing when the site is measured on
 * this page already: frameworks that swap the body run a script tag again and again.
 */
export function claimCommands(site: string, commands: Commands): (() => void) | undefined {
  const { footfall: found = {} as Footfall } = window; // may also be an element with id "footfall"
  const mark = "$" + site;
  if (mark in found) return undefined;
  const { q = [] } = found;
  const waiting = [...q];
  let run = (call: Call): unknown => waiting.push(call);
  q.push = (call) => window.footfall!(...call) as never; // a stub that the page kept a hold of still works
  window.footfall = Object.assign(
    (...call: unknown[]) => {
      if (found.on) found(...call); // another site's script answers, too
      run(call);
    },
    found,
    { q, on: true as const, [mark]: true },
  );
  return () => {
    run = guard(([command, first, second]) => (commands[command as string] || warn)(first, second));
    waiting.forEach(run);
  };
}
