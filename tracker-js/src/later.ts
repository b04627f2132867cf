import { guard } from "./guard";

/** Runs a guarded function once, `delay_ms` from now. Answers the timer. */
export function later(run: () => void, delay_ms: number): ReturnType<typeof setTimeout> {
  return setTimeout(guard(run), delay_ms);
}
