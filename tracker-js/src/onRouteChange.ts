import { guard } from "./guard";
import { listen } from "./listen";
import { isNewRoute, type RouteChange } from "./route";

/**
 * Runs with the previous address when a single-page application shows another view.
 *
 * With the Navigation API one listener sees every change, also those of routers that never call pushState,
 * and the page's history object stays as it is. Elsewhere pushState and replaceState are wrapped.
 */
export function onRouteChange(run: (previous: string) => void): void {
  let last = location.href;
  const compare = (change: RouteChange) => {
    const previous = last;
    last = location.href;
    if (isNewRoute(previous, last, change)) run(previous);
  };

  const { navigation } = window as { navigation?: Navigation };
  if (navigation) {
    listen<NavigationCurrentEntryChangeEvent>(navigation, "currententrychange", (event) => {
      compare(event.navigationType === "replace" ? "replace" : "push");
    });
    return;
  }

  const wrap = (name: "pushState" | "replaceState", change: RouteChange) => {
    const original = history[name];
    const after = guard(() => compare(change));
    history[name] = function (this: History, ...args) {
      original.apply(this, args);
      after();
    };
  };
  wrap("pushState", "push");
  wrap("replaceState", "replace");
  listen(window, "popstate", () => compare("traverse"));
}
