import { listen } from "./listen";

// Order on leaving, as Chromium sends it: pagehide (visibilityState still "visible"), visibilitychange
// (hidden), freeze. On a return from the back/forward cache: resume, visibilitychange (visible),
// pageshow (persisted). So visibilityState alone cannot tell that the page is being left.
let hasLeft = false;

/** Whether somebody can see the page now. */
export function isVisible(): boolean {
  return !hasLeft && document.visibilityState === "visible";
}

/** Runs at each sign that the page is hidden or left; several signs come for one leaving. */
export function onHide(run: () => void): void {
  const leave = () => {
    hasLeft = true;
    run();
  };
  listen(window, "pagehide", leave);
  listen(document, "freeze", leave);
  listen(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") run();
  });
}

/** Runs at each sign that the page is there again. */
export function onShow(run: () => void): void {
  const show = () => {
    hasLeft = false;
    if (isVisible()) run();
  };
  listen(document, "resume", show);
  listen(document, "visibilitychange", show);
  listen(window, "pageshow", show);
}

/** Runs at a return from the back/forward cache. */
export function onRestore(run: () => void): void {
  listen<PageTransitionEvent>(window, "pageshow", (event) => {
    if (event.persisted) run();
  });
}
