const WITHIN_MS = 1_000;
const WITHIN_PX = 30;

let clicks: MouseEvent[] = [];

/**
 * Whether this is the third click in one place within a second, where that is not done on purpose: words of a field
 * are selected so, and a button whose name has no letter (+, ›) steps through something. Without a place: by keyboard.
 */
export function isRage(event: MouseEvent, text: unknown): unknown {
  clicks = [event, ...clicks].filter(
    (one) =>
      event.timeStamp - one.timeStamp < WITHIN_MS && Math.hypot(event.pageX - one.pageX, event.pageY - one.pageY) < WITHIN_PX,
  );
  return clicks[2] && event.detail && /\p{L}/u.test(text as string) && (clicks = []);
}
