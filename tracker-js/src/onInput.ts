import { listen } from "./listen";

const TYPES = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove", "input"];
const PAUSE_MS = 1_000; // pointermove comes with every frame

/** Runs at most once a second while the visitor does anything. What was typed or touched is not looked at. */
export function onInput(run: () => void): void {
  let next_at = 0;
  for (const type of TYPES) {
    listen(window, type, () => {
      const now = performance.now();
      if (now < next_at) return;
      next_at = now + PAUSE_MS;
      run();
    });
  }
}
