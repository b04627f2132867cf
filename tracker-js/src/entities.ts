import { settle, visible_ms } from "./attention";
import { guard, once } from "./guard";
import { record } from "./view";

const DRAWN_MS = 200;
const LEAST_NEWS_MS = 100;

// Of the current view: what shows an entity (`product:42`) now, and for how many visible ms each was seen and told.
let shown: Map<unknown, string>;
let seen: Record<string, number>;
let told: Record<string, number>;
let counted_ms: number;
let observer: IntersectionObserver;

/** Counts the time until now for what is shown; entities that several elements show count once. */
function count(): void {
  settle();
  for (const key of new Set(shown.values())) seen[key] = (seen[key] || 0) + visible_ms - counted_ms;
  counted_ms = visible_ms;
}

/** The page as a whole shows an entity from now on. */
export function showEntity(key: string): void {
  count();
  shown.set(key, key);
}

/** Watches all elements that name an entity; those that are watched already stay as they are. */
export const scanSoon = once(() => {
  for (const element of document.querySelectorAll("[data-entity]")) observer.observe(element);
}, DRAWN_MS);

/** Starts with a new view: what is shown is shown anew. An element counts when half of it is in view, or it fills half the screen. */
export function openEntities(): void {
  shown = new Map();
  seen = {};
  told = {};
  counted_ms = 0;
  observer?.disconnect();
  observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      count();
      for (const { target, intersectionRatio, intersectionRect } of entries) {
        if (intersectionRatio >= 0.5 || intersectionRect.height > innerHeight / 2) {
          shown.set(target, (target as HTMLElement).dataset.entity!);
        } else {
          shown.delete(target);
        }
      }
    }),
    { threshold: [0, 0.1, 0.3, 0.5] },
  );
  scanSoon();
}

/** Reports how long each entity was seen in this view, in totals. */
export function reportEntities(): void {
  count();
  for (const key in seen) {
    if (seen[key]! - (told[key] || 0) < LEAST_NEWS_MS) continue;
    told[key] = seen[key]!;
    const [type, id] = key.split(/:(.*)/);
    record({ name: "view", entity: { type: type!, id: id! }, visible_ms: told[key]! | 0 });
  }
}
