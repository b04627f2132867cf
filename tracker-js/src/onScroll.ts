import { guard } from "./guard";
import { listen } from "./listen";
import type { ScrollReading } from "./scrollDepth";

/** Reads the document's scroller: body in quirks mode, else the root element. */
export function getScrollReading(): ScrollReading {
  const { scrollTop, clientHeight, scrollHeight } = document.scrollingElement || document.documentElement;
  return { bottom: scrollTop + clientHeight, screen: clientHeight, height: scrollHeight };
}

let isAsked = false;

/** Runs once in the next animation frame, where reading the layout costs nothing extra. */
export function whenFrame(run: () => void): void {
  requestAnimationFrame(guard(run));
}

/** Runs in the frame after a scroll of the document. The listener itself reads nothing. */
export function onScroll(run: () => void): void {
  listen(document, "scroll", () => {
    if (isAsked) return;
    isAsked = true;
    whenFrame(() => {
      isAsked = false;
      run();
    });
  });
}
