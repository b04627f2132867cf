import { settleActs, soon } from "./acts";
import { isVisible, noteInput, restartAttention, settle, visible_ms } from "./attention";
import { adoptRows } from "./adopt";
import { answerCommands, claimCommands, type Queue } from "./commands";
import { resend, retryNow, send } from "./delivery";
import { report, restartEngagement } from "./engagement";
import { getCommands, getLoad, onBegin, onReport, onView, onWatch } from "#parts";
import { guard, later } from "./guard";
import { flushJournal } from "./journal";
import { listen } from "./listen";
import { isNewRoute, last, onHistory } from "./onHistory";
import { measure, onScroll, restartDepth } from "./scroll";
import { setSettings, settings, type Settings } from "./settings";
import { openedAt, page, pageview, record, recordPageview, startView } from "./view";
import type { Fields, Given } from "./wire";

const TICK_MS = 5_000;
const OPENED_MS = 50; // routers change the address first, correct it, and set the title after it
const DRAWN_MS = 300; // until then the previous view's scroll position may still stand
const INPUTS = "pointerdown pointermove keydown wheel";
// The collector counts an id once over 72 hours, and a total that goes on counts only as long as it does.
const LONGEST_VIEW_MS = 24 * 3_600_000;
// Reports are due after 30 s in view, 60 s, 120 s, then every 120 s.
const FIRST_REPORT_MS = 30_000;
const LONGEST_PAUSE_MS = 120_000;

let heartbeat_ms: number;
let queue: Queue | undefined; // until the page is seen, and its first view begins

function reportAll(): void {
  if (!page) return;
  recordPageview();
  onReport();
  report(true);
}

function open(given?: Given): void {
  reportAll();
  startView(given);
  restartAttention();
  restartDepth();
  restartEngagement();
  heartbeat_ms = FIRST_REPORT_MS;
  later(() => {
    recordPageview();
    send();
  }, OPENED_MS);
  later(measure, DRAWN_MS);
  onView();
}

/** What cannot wait until `begin`, because it could be missed. */
function watch(): void {
  onWatch();
  if (settings.manual != null) return;
  isNewRoute();
  onHistory((isStep) => {
    settleActs();
    if (!isNewRoute(isStep)) return;
    if (isStep || !pageview) open({ referrer: page!.url });
    else page!.url = last;
  });
}

function begin(): void {
  onBegin();
  if (last) open({ referrer: document.referrer, url: last, ...getLoad() });
  answerCommands(queue!, {
    event: (name: string, fields?: Fields) => record({ ...fields, name }),
    pageview: open,
    flush: send,
    ...getCommands(),
  });
  queue = undefined;
  setInterval(guard(tick), TICK_MS);
  // Not before: an input counts the time until then, and the first view starts from nothing.
  listen(INPUTS, noteInput);
  listen("online", retryNow);
}

function tick(): void {
  // A tab that is still there, or there again, after a day is a new view.
  if (Date.now() - openedAt > LONGEST_VIEW_MS) open();
  if (visible_ms < heartbeat_ms) {
    report(false);
  } else {
    heartbeat_ms += Math.min(heartbeat_ms, LONGEST_PAUSE_MS);
    measure();
    reportAll();
    adoptRows();
  }
  resend();
}

/**
 * Sees whether the page is seen. Order on leaving, as Chromium sends it: pagehide (visibilityState still "visible"),
 * visibilitychange (hidden), freeze. On a return from the back/forward cache: resume, visibilitychange, pageshow.
 */
function look(event: { type?: string; persisted?: boolean }): void {
  settleActs();
  const wasVisible = isVisible;
  const isSeen = !document.hidden && !/hide|fr/.test(event.type!);
  settle(isSeen);
  if (queue) {
    if (!isSeen) return;
    watch();
    soon(begin);
  } else if (isSeen) {
    if (event.persisted) open({ referrer: page!.referrer });
    if (!wasVisible) resend();
  } else {
    if (wasVisible) measure();
    reportAll();
    flushJournal();
    send(true);
  }
}

/** Measures this page for a site, from the moment it is first seen. */
export function start(given: Settings): void {
  setSettings(given);
  // Pages without a host (file:, about:, a mail) mean nothing to the collector.
  if (!location.host || !settings.site) return;
  queue = claimCommands(settings.site);
  if (!queue) return;
  listen("visibilitychange pagehide pageshow freeze focus blur", look);
  onScroll();
  look({});
}
