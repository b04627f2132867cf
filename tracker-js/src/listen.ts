import { guard } from "./guard";

/**
 * Registers a guarded listener for each of some types ("focus blur") of whatever happens in the window. Capture:
 * the page's own stopPropagation() does not blind it. Passive: it can never delay a scroll or prevent a default.
 */
export function listen<E extends Event>(types: string, run: (event: E) => unknown): void {
  for (const type of types.split(" ")) {
    addEventListener(type, guard(run) as (event: Event) => void, { capture: true, passive: true });
  }
}
