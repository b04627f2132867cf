import { getUrl } from "./address";
import { add } from "./delivery";
import { plus } from "#parts";
import { erase, write } from "./journal";
import { getRandomId } from "./randomId";
import { settings } from "./settings";
import type { Event, Page, Props } from "./wire";

// The number of the event that grows in the journal until it is recorded under a number of its own.
const GROWING = 1_000_000;

export let page: Page | undefined;
export let openedAt: number;

let seq: number;
let pageview: Event | undefined; // until its address and title have settled

/** From now on there is a view of its own. A number is never given twice in it, so an id names one event for good. */
export function startView(given?: Partial<Page>, props?: Props): void {
  page = {
    id: getRandomId(),
    url: getUrl(),
    width: innerWidth,
    height: innerHeight,
    language: navigator.language,
    ...given,
  };
  openedAt = Date.now();
  seq = 0;
  pageview = { name: "pageview", props };
}

/**
 * JSON without half surrogate pairs (the page cut an emoji in two), which JSON.stringify writes as an escape
 * that strict decoders refuse: one refusal would take the whole body with it.
 */
const getText = (value: unknown) => JSON.stringify(value).replace(/\\ud[89a-f]../gi, "\\ufffd");

/**
 * Records an event of the current view, after its pageview. One that `isGrowing` is only kept in the journal,
 * where the next page finds it if this one crashes. A hook that fails may be there to protect somebody: no event.
 */
export function record(event: Event, isGrowing?: boolean): void {
  if (!page) return;
  recordPageview();
  if (plus && !(event = plus.edit(event, page) as Event)) return;
  const at = Date.now();
  const number = isGrowing ? GROWING : seq++;
  const row = {
    id: page.id + "." + number,
    head: getText(plus ? { site: settings.site, ...plus.identity, page } : { site: settings.site, page }),
    text: getText({ ...event, seq: number, at }),
    at,
  };
  if (isGrowing) write([row]);
  else add(row);
}

/** The event that grew has been recorded. */
export function eraseGrown(): void {
  erase([{ id: page!.id + "." + GROWING }]);
}

/** Records the pageview, if that has not been done. */
export function recordPageview(): void {
  if (!pageview) return;
  const event = pageview;
  pageview = undefined;
  page!.title = page!.title || document.title;
  record(event);
}

/** A replaceState while the pageview has not been recorded corrects its address. */
export function correctUrl(): boolean {
  if (pageview) page!.url = getUrl();
  return !!pageview;
}
