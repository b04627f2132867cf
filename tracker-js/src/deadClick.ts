import { isVisible } from "./attention";
import { later } from "./guard";
import { listen } from "./listen";
import { page, record } from "./view";
import type { Fields } from "./wire";

const WITHIN_MS = 2_500;
const AT_ONCE_MS = 100;

export let clickedAt = 0;
let isAnswered: boolean;

/** Notes what answers a click at once without changing the page: a scroll, a selection, a copy. */
export function onAnswer(): void {
  listen("scroll selectionchange copy", ({ timeStamp }) => {
    if (timeStamp - clickedAt < AT_ONCE_MS) isAnswered = true;
  });
}

/** Records a click on something that looks alive and after which nothing happens at all. */
export function watchDeadClick(event: MouseEvent, element: Element, told: Fields): void {
  const { timeStamp } = event;
  clickedAt = timeStamp;
  isAnswered = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  // Not a field, and nothing in a shadow root, whose changes cannot be seen from outside.
  if (!document.contains(element) || !element.matches("button,[role=button]")) return;
  const was = page;
  const observer = new MutationObserver(() => (isAnswered = true));
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  later(() => {
    observer.disconnect();
    if (clickedAt === timeStamp && !isAnswered && isVisible && document.hasFocus() && page === was) {
      record({ ...told, name: "dead_click" });
    }
  }, WITHIN_MS);
}
