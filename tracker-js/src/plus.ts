import { noteInput } from "./attention";
import type { BeforeSend, Plus } from "./parts";
import { guard, later, warn } from "./guard";
import { identity, isExcluded, optOut, setConsent } from "./identity";
import { countPage } from "./pageEntity";
import { setScroller } from "./scroll";
import { settings } from "./settings";
import type { Event, Page, Props } from "./wire";

const PLAYING_MS = 5_000;
const DRAWN_MS = 200;

let beforeSend: BeforeSend | undefined;

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

/** What the site wants of an event. A hook that fails may be there to protect somebody: no event. */
function edit(event: Event, page: Page): ReturnType<BeforeSend> {
  if (isExcluded()) return false;
  if (event.name === "pageview") {
    const link = settings.canonical != null && document.querySelector<HTMLLinkElement>("link[rel=canonical]");
    if (link) page.url = link.href.replace(/[?#].*/, "") + location.search;
    later(() => {
      findScroller();
      countPage();
    }, DRAWN_MS);
  }
  try {
    return beforeSend ? beforeSend(event, page) : event;
  } catch (error) {
    warn(error);
    return false;
  }
}

/** What the browser says of the page that it loaded: its status, where that is an error, and whether a program drives it. */
function getProps(): Props {
  const [navigation] = performance.getEntriesByType("navigation") as { responseStatus?: number }[];
  const status = navigation && navigation.responseStatus;
  return { status: status! > 399 ? status : undefined, automated: navigator.webdriver || undefined };
}

/** Where `data-hash` says that fragments name views, `#/about` reads as `/about`. */
function getUrl(): string {
  const { href, origin, pathname, search, hash } = location;
  if (settings.hash == null) return href.replace(/#.*/, "");
  return origin + (pathname + hash.replace(/^#!?([^?]*).*/, "/$1")).replace(/\/+/g, "/") + search;
}

/** Adds who it is, and what the site and the visitor want. */
export const plus: Plus = {
  commands: {
    identify: (id?: string) => (identity.user = id),
    consent: setConsent,
    optOut,
    beforeSend: (hook: BeforeSend) => (beforeSend = hook),
  },
  identity,
  edit,
  begin() {
    if (settings.storage) guard(setConsent)();
    setInterval(guard(noteMedia), PLAYING_MS);
  },
  getProps,
  getUrl,
};
