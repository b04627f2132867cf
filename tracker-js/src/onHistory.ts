import { getUrl } from "./address";
import { guard } from "./guard";
import { listen } from "./listen";

let last = "";

/**
 * Whether the address is that of another view than at the last call: another path or query. A `replace`
 * corrects the query of the same view.
 */
export function isNewRoute(isReplaced?: boolean): boolean {
  const ignored = isReplaced ? /\?.*/ : "";
  const previous = last;
  last = getUrl();
  return previous.replace(ignored, "") !== last.replace(ignored, "");
}

/** Runs at each change of the address that is no load of a page. */
export function onHistory(run: (isReplaced: boolean) => void): void {
  const changed = guard(run);
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (this: History, ...args) {
      original.apply(this, args);
      changed(name > "q");
    };
  }
  listen("popstate", () => changed(false));
}
