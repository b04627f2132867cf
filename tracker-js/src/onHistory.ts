import { getUrl } from "#parts";
import { guard } from "./guard";
import { listen } from "./listen";

export let last = "";

/**
 * Whether the address is that of another view than at the last call: another path or query. What is no step of the
 * visitor's corrects the query of the same view.
 */
export function isNewRoute(isStep?: unknown): boolean {
  const end = isStep ? "#" : "?";
  const previous = last;
  last = getUrl();
  return previous.split(end)[0] !== last.split(end)[0];
}

/** Runs at each change of the address that is no load of a page: a step, or the correction of one. */
export function onHistory(run: (isStep: unknown) => void): void {
  const changed = guard(run);
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = (...args) => {
      original.apply(history, args);
      changed(name < "q");
    };
  }
  listen("popstate", run);
}
