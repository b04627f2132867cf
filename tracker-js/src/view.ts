import { add } from "./delivery";
import { settleActs } from "./acts";
import { edit, getHead, getUrl, onPageview } from "#parts";
import { guard } from "./guard";
import { write } from "./journal";
import { getRandomId } from "./randomId";
import type { Row } from "./row";
import type { Event, Given, Page } from "./wire";

// The number of the event that grows in the journal until it is recorded under a number of its own.
const GROWING = 1_000_000;

export let page: Page | undefined;
export let openedAt: number;

let seq = 0;
export let pageview: Event | undefined; // until its address and title have settled

/** From now on there is a view of its own. A number is never given twice in it, so an id names one event for good. */
export function startView({ props, ...given }: Given = {}): void {
  page = {
    id: getRandomId(),
    url: getUrl(),
    language: navigator.language,
    webdriver: navigator.webdriver || undefined,
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
export const record = guard((event: Event, isGrowing?: boolean): void => {
  if (!page) return;
  recordPageview();
  const edited = edit(event, page);
  if (!edited) return;
  const at = Date.now();
  const number = isGrowing ? GROWING : seq++;
  const row = { id: page.id + "." + number, head: getText(getHead()), text: getText({ ...edited, seq: number, at }), at };
  write([row]);
  if (!isGrowing) add(row);
});

/** The event that grew has been recorded. */
export function eraseGrown(): void {
  write([{ id: page!.id + "." + GROWING } as Row], true);
}

/** Records the pageview, if that has not been done. */
export function recordPageview(): void {
  settleActs();
  if (!pageview) return;
  const event = pageview;
  pageview = undefined;
  // Here, because to ask for the viewport at the start can take a layout of the whole page before it is due.
  page = { title: document.title, width: innerWidth, height: innerHeight, ...page! };
  onPageview(page);
  record(event);
}
