import { settings } from "./settings";

/**
 * The same function, with one catch around it. Every listener, timer and API call enters through it: the
 * tracker is a guest, and an error of its own must not reach the page's error reports. Only `data-debug` shows it.
 */
export function guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void {
  return (...args) => {
    try {
      run(...args);
    } catch (error) {
      warn(error);
    }
  };
}

/** Tells a developer; silent on a page that did not ask for it with `data-debug`. */
export function warn(what: unknown): void {
  if (settings.debug != null) console.warn("Footfall", what);
}

/** Runs a guarded function once, `delay_ms` from now. */
export const later = (run: () => unknown, delay_ms?: number): unknown => setTimeout(guard(run), delay_ms);

/** A function that runs another once for all calls within `delay_ms`, at their end. */
export function once(run: () => unknown, delay_ms?: number): () => void {
  let asked: unknown;
  return () => {
    asked = asked || later(() => {
      asked = 0;
      run();
    }, delay_ms);
  };
}
