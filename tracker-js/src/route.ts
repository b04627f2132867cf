/** How the address changed. A `replace` corrects the address of the same view, unless the path differs. */
export type RouteChange = "push" | "replace" | "traverse";

/** The page's address as it is sent: without the fragment, which can hold a token. */
export function getPageUrl(href: string): string {
  return href.replace(/#.*/, "");
}

function getRouteKey(href: string, change: RouteChange): string {
  const { pathname, search } = new URL(href);
  return pathname.replace(/\/+$/, "") + (change === "replace" ? "" : search);
}

/** Whether an address opens another view of a single-page application. */
export function isNewRoute(previous: string, next: string, change: RouteChange): boolean {
  return getRouteKey(previous, change) !== getRouteKey(next, change);
}
