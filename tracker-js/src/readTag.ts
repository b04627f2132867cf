import type { Settings } from "./settings";

/**
 * What the script tag says. A defer or dynamic script is document.currentScript while it first runs; a module or
 * a bundled copy is not, and finds the tag by its attribute.
 */
export function readTag(): Settings {
  const script = (document.currentScript || document.querySelector("script[data-site]")) as HTMLScriptElement;
  const { dataset, src } = script;
  return { ...dataset, endpoint: new URL(dataset.endpoint || "/api/v1/events", src).href };
}
