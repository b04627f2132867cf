import { guard } from "./guard";

/**
 * Registers a guarded listener. Capture: the page's own stopPropagation() does not blind it. Passive: it can
 * never delay a scroll or prevent a default.
 */
export function listen<E extends Event>(target: EventTarget, type: string, run: (event: E) => void): void {
  target.addEventListener(type, guard(run) as (event: Event) => void, { capture: true, passive: true });
}
