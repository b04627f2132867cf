import { warn } from "./warn";

/**
 * The same function, with one catch around it. Every listener, timer and API call enters through it: the
 * tracker is a guest, and an error of its own must not reach the page's error reports.
 */
export function guard<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      run(...args);
    } catch (error) {
      warn("an error was caught", error);
    }
  };
}
