import { settle, visible_ms } from "./attention";
import { guard, later } from "./guard";
import { record } from "./view";

const DRAWN_MS = 200;
const LEAST_NEWS_MS = 100;

/** What is known of one entity in the current view; all times in the view's visible ms. */
interface Viewed {
  shown: number;
  since_ms: number;
  total_ms: number;
  reported_ms: number;
}

let viewed: Record<string, Viewed>;
let observer: IntersectionObserver;
let isAsked: boolean;

/** Counts the time until now, and notes that so many more elements show an entity (`product:42`) from now on. */
export function countEntity(key: string, more = 1): void {
  settle();
  const one = (viewed[key] = viewed[key] || { shown: 0, since_ms: 0, total_ms: 0, reported_ms: 0 });
  if (one.shown) one.total_ms += visible_ms - one.since_ms;
  one.since_ms = visible_ms;
  one.shown += more;
}

/** Watches all elements that name an entity; those that are watched already stay as they are. */
function scan(): void {
  isAsked = false;
  for (const element of document.querySelectorAll("[data-entity]")) observer.observe(element);
}

function scanSoon(): void {
  if (!isAsked) later(scan, DRAWN_MS);
  isAsked = true;
}

/** Starts with a new view: what is shown is shown anew. An element counts when half of it is in view, or it fills half the screen. */
export function openEntities(): void {
  const shown = new Set<Element>();
  viewed = {};
  if (observer) observer.disconnect();
  observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      for (const { target, intersectionRatio, intersectionRect } of entries) {
        const isShown = intersectionRatio >= 0.5 || intersectionRect.height > innerHeight / 2;
        if (isShown === shown.has(target)) continue;
        shown[isShown ? "add" : "delete"](target);
        countEntity((target as HTMLElement).dataset.entity!, isShown ? 1 : -1);
      }
    }),
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  );
  scanSoon();
}

/** Reports how long each entity was seen in this view, in totals. */
export function reportEntities(): void {
  for (const [key, one] of Object.entries(viewed)) {
    countEntity(key, 0);
    if (one.total_ms - one.reported_ms < LEAST_NEWS_MS) continue;
    one.reported_ms = one.total_ms;
    const [type, id] = key.split(/:(.*)/);
    record({ name: "view", entity: { type: type!, id: id! }, visible_ms: Math.round(one.total_ms) });
  }
}

/** Follows what the page adds later. */
export function onEntities(): void {
  new MutationObserver(scanSoon).observe(document, { subtree: true, childList: true });
}
