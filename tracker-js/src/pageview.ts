import { type Attention, startAttention } from "./attention";
import { getNextHeartbeat, NO_ENGAGEMENT } from "./engagement";
import { getPageviewId } from "./pageviewId";
import { getPageUrl } from "./route";
import { NO_DEPTH, type ScrollDepth } from "./scrollDepth";
import { shorten } from "./shorten";
import type { Engagement, Fields, Page, TrackedEvent } from "./wire";

const MAX_URL = 4_096; // characters; the collector keeps no more
const MAX_TITLE = 500;
const MAX_LANGUAGE = 35;

/** One page instance and all that is counted for it. A new view starts from nothing. */
export interface Pageview {
  readonly page: Page;
  readonly opened_at: number; // ms since 1970
  seq: number;
  attention: Attention;
  depth: ScrollDepth;
  milestone: number;
  reported: Engagement;
  heartbeat_ms: number;
  hasInput: boolean;
}

export function openPageview(referrer: string): Pageview {
  return {
    page: {
      id: getPageviewId(),
      url: shorten(getPageUrl(location.href), MAX_URL),
      title: getTitle(),
      referrer: shorten(getPageUrl(referrer), MAX_URL) || undefined,
      width: innerWidth || undefined, // a tab opened in the background can have no size yet
      height: innerHeight || undefined,
      language: shorten(navigator.language || "", MAX_LANGUAGE) || undefined,
    },
    opened_at: Date.now(),
    seq: 0,
    attention: startAttention(performance.now()),
    depth: NO_DEPTH,
    milestone: 0,
    reported: NO_ENGAGEMENT,
    heartbeat_ms: getNextHeartbeat(0),
    hasInput: false,
  };
}

export function getTitle(): string | undefined {
  return shorten(document.title, MAX_TITLE) || undefined;
}

/** The view's next event. A number is never given twice, so `<page id>.<seq>` names one event for good. */
export function takeEvent(view: Pageview, name: string, fields?: Fields): TrackedEvent {
  return { name, seq: view.seq++, at: Date.now(), ...fields };
}
