import { PRIVATE } from "./elementText";

const WITHIN_MS = 1_000;
const WITHIN_PX = 30;

let clicks: MouseEvent[] = [];

/**
 * Whether this is the third click in one place within a second, where that is not done on purpose: words of a field
 * are selected so, and a button whose name has no letter (+, ›) steps through something.
 */
export function isRage(event: MouseEvent, element: Element, text = "a"): boolean {
  clicks = clicks.filter(
    ({ timeStamp, pageX, pageY }) =>
      event.timeStamp - timeStamp < WITHIN_MS && Math.hypot(event.pageX - pageX, event.pageY - pageY) < WITHIN_PX,
  );
  return !!event.detail && !element.matches(PRIVATE) && /\p{L}/u.test(text) && !(clicks.push(event) % 3);
}
