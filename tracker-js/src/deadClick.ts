import { isFocused } from "./attention";
import { scanSoon } from "./entities";
import { later } from "./guard";
import { listen } from "./listen";
import { record } from "./view";
import type { Fields } from "./wire";

const WITHIN_MS = 2_500;
const AT_ONCE_MS = 100;

export let clickedAt = 0;
let isAnswered: boolean;
let observer: MutationObserver;

/** Follows what the page adds, and while a click waits for its answer every other change, too. */
function watch(isWaiting: boolean): void {
  observer.observe(document, { subtree: true, childList: true, attributes: isWaiting, characterData: isWaiting });
}

/** Notes what the page adds, and what answers a click: any change of the page, and at once a scroll, a selection, a copy, or media. */
export function onChange(): void {
  observer = new MutationObserver(() => {
    isAnswered = true;
    scanSoon();
  });
  watch(false);
  listen("scroll selectionchange copy play pause", ({ timeStamp }) => {
    if (timeStamp - clickedAt < AT_ONCE_MS) isAnswered = true;
  });
}

/**
 * Looks for an answer to a click on something that looks alive, from before the page can give one. Not a field, and
 * nothing in a shadow root, whose changes cannot be seen from outside.
 */
export function watchClick(timeStamp: number, element: Element): void {
  clickedAt = timeStamp;
  isAnswered = !element.matches("button,[role=button]") || !document.contains(element);
  watch(!isAnswered);
}

/** Records a click after which nothing happened at all. One with nothing `told`, on a link, is never dead. */
export function judgeClick(timeStamp: number, told: Fields | false): void {
  later(() => {
    if (clickedAt !== timeStamp) return;
    watch(false);
    if (told && !isAnswered && isFocused) record({ ...told, name: "dead_click" });
  }, WITHIN_MS);
}
