import { noteInput } from "./attention";
import { guard, later } from "./guard";
import { countPage } from "./pageEntity";
import { setScroller } from "./scroll";
import { settings } from "./settings";
import type { Given, Page } from "./wire";

const PLAYING_MS = 5_000;
const DRAWN_MS = 200;

/** Media that a visitor hears is use of the page; a silent film behind a headline is not. */
function noteMedia(): void {
  for (const { paused, muted } of document.querySelectorAll<HTMLMediaElement>("video,audio")) {
    if (!paused && !muted) noteInput();
  }
}

/** The element in the middle of the screen that scrolls, if any: app shells scroll one in the document's place. */
function findScroller(): void {
  let element = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (
    element &&
    !(element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY))
  ) {
    element = element.parentElement;
  }
  setScroller(element);
}

/** The address that the page gives itself, where the tag says so; and what it shows, when it has been drawn. */
export function onPageview(page: Page): void {
  const link = settings.canonical != null && document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  if (link) page.url = link.href.replace(/[?#].*/, "") + location.search;
  later(() => {
    findScroller();
    countPage();
  }, DRAWN_MS);
}

/** The status of the page that was loaded, where it is an error. */
export function getLoad(): Given {
  const [navigation] = performance.getEntriesByType("navigation") as { responseStatus?: number }[];
  const status = navigation && navigation.responseStatus;
  return { props: { status: status! > 399 ? status : undefined } };
}

/** Where `data-hash` says that fragments name views, `#/about` reads as `/about`. */
export function getUrl(): string {
  const { href, origin, pathname, search, hash } = location;
  if (settings.hash == null) return href.replace(/#.*/, "");
  return origin + (pathname + hash.replace(/^#!?([^?]*).*/, "/$1")).replace(/\/+/g, "/") + search;
}

export function onPlus(): void {
  setInterval(guard(noteMedia), PLAYING_MS);
}
