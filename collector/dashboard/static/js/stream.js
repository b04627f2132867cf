// The live stream of a site: opened while the page is looked at, opened again when it ends.

import { at } from "./address.js";

const AGAIN_MS = 5000;

/**
 * `onEvent(event)` for each; `onState("open" | "waiting" | "paused")`. A server has few places for listeners, so a tab
 * that nobody looks at gives its own back.
 */
export function openStream(site, { onEvent, onState }) {
  let source = null;
  let again = 0;

  function open() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(at(`/api/v1/live?site_id=${encodeURIComponent(site.id)}`));
    source.addEventListener("open", () => onState("open"));
    source.addEventListener("message", ({ data }) => onEvent(JSON.parse(data)));
    source.addEventListener("error", () => {
      onState("waiting");
      // The browser tries again by itself, but not after a refusal (too many listeners, for one).
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    });
  }

  function close() {
    clearTimeout(again);
    source?.close();
    source = null;
    onState("paused");
  }

  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? open() : close()));
  window.addEventListener("pagehide", () => source?.close());
  onState("waiting");
  if (document.visibilityState === "visible") open();
  else onState("paused");
}
