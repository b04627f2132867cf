import { allowWarnings } from "./warn";

/** What the script tag says. */
export interface Settings {
  readonly site: string;
  readonly endpoint: string;
}

/**
 * Reads the script tag. A defer or dynamic script is document.currentScript while it first runs; a module or
 * a bundled copy is not, and finds the tag by its attribute.
 */
export function getSettings(): Settings | undefined {
  const script = (document.currentScript || document.querySelector("script[data-site]")) as HTMLScriptElement | null;
  const { site, endpoint, debug } = script ? script.dataset : ({} as DOMStringMap);
  if (debug !== undefined) allowWarnings();
  if (!script || !site) {
    console.warn('Footfall: nothing is measured, because the script tag has no data-site="…" attribute.');
    return undefined;
  }
  // No address of a page on the web (file:, about:, a mail) means anything to the collector, and a file's
  // path can hold a person's name.
  if (!/^http/.test(location.protocol)) return undefined;
  const from = script.src || location.href;
  return { site, endpoint: new URL(endpoint || "/api/v1/events", endpoint ? location.href : from).href };
}
