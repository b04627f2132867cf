import { guard } from "./guard";
import type { Tracker } from "./tracker";
import { warn } from "./warn";
import type { Extras } from "./wire";

type Call = ArrayLike<unknown>;

/** `window.footfall`: the page's queue stub before this script ran, the real one after. */
interface Footfall {
  (...call: unknown[]): void;
  q?: { push(call: Call): unknown } & Partial<ArrayLike<Call>>;
  sites?: string[];
}

declare global {
  interface Window {
    footfall?: Footfall;
  }
}

const COMMANDS: Record<string, (tracker: Tracker, name: unknown, extras: unknown) => void> = {
  event(tracker, name, extras) {
    if (typeof name !== "string" || !name) return warn("footfall('event', name) needs a name");
    // A copy: the page may change its object later, and one that cannot be JSON must fail here, at the
    // border, and not with every body that it would be part of.
    const { props, revenue } = JSON.parse(JSON.stringify(extras || {})) as Extras;
    tracker.record(name, { props, revenue });
  },
  flush(tracker) {
    tracker.flush();
  },
};

/**
 * Puts the real function at `window.footfall`. Answers how to start it, or nothing when the site is measured
 * on this page already: frameworks that swap the body run a script tag again and again.
 */
export function claimCommands(site: string): ((tracker: Tracker) => void) | undefined {
  // An element with id "footfall" is window.footfall too.
  const stub = typeof window.footfall === "function" ? window.footfall : undefined;
  const sites = (stub && stub.sites) || [];
  if (sites.includes(site)) return undefined;
  sites.push(site);
  if (sites.length > 1) return () => {}; // the other site's script answers the commands

  const waiting: Call[] = Array.from((stub && (stub.q as ArrayLike<Call>)) || []);
  let run = (call: Call): void => {
    waiting.push(call);
  };
  const footfall: Footfall = guard((...call) => run(call));
  footfall.sites = sites;
  footfall.q = { push: (call) => footfall(...Array.from(call)) }; // a stub that the page kept a hold of still works
  window.footfall = footfall;

  return (tracker) => {
    run = guard(({ 0: command, 1: name, 2: extras }) => {
      const known = COMMANDS[command as string];
      if (known) known(tracker, name, extras);
      else warn(`there is no command ${command}; known: ${Object.keys(COMMANDS)}`);
    });
    waiting.forEach((call) => run(call));
  };
}
