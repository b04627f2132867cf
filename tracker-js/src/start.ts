import { isVisible, noteInput, restartAttention, settle } from "./attention";
import { adoptRows, openJournal } from "./adopt";
import { claimCommands, type Commands } from "./commands";
import { resend, retryNow, send } from "./delivery";
import { isHeartbeat, report, restartEngagement } from "./engagement";
import { countEntity } from "./entities";
import { extra, plus } from "#parts";
import { guard, later } from "./guard";
import { listen } from "./listen";
import { isNewRoute, onHistory } from "./onHistory";
import { measure, onScroll, restartDepth } from "./scroll";
import { settings } from "./settings";
import { correctUrl, openedAt, page, record, recordPageview, startView } from "./view";
import type { Fields, Page, Props } from "./wire";

const TICK_MS = 5_000;
const OPENED_MS = 50; // routers change the address first, correct it, and set the title after it
const DRAWN_MS = 300; // until then the previous view's scroll position may still stand
const INPUTS = "pointerdown pointermove keydown wheel touchmove input";
// The collector counts an id once over 72 hours, and a total that goes on counts only as long as it does.
const LONGEST_VIEW_MS = 24 * 3_600_000;

let answerCommands: (() => void) | undefined;

function reportAll(): void {
  if (!page) return;
  recordPageview();
  if (extra) extra.report();
  report(true);
}

function open(given?: Partial<Page>, props?: Props): void {
  reportAll();
  startView(given, props);
  restartAttention();
  restartDepth();
  restartEngagement();
  later(() => {
    recordPageview();
    send();
  }, OPENED_MS);
  later(measure, DRAWN_MS);
  if (extra) extra.open();
}

function begin(): void {
  if (extra) extra.begin();
  if (plus) plus.begin();
  else if (settings.storage) later(openJournal);
  if (settings.manual == null) {
    open({ referrer: document.referrer }, plus ? plus.getProps() : undefined);
    isNewRoute();
    onHistory((isReplaced) => {
      if (isNewRoute(isReplaced) && !(isReplaced && correctUrl())) open({ referrer: page!.url });
    });
  }
  answerCommands!();
  answerCommands = undefined;
  setInterval(guard(tick), TICK_MS);
}

function tick(): void {
  // A tab that is still there, or there again, after a day is a new view.
  if (Date.now() - openedAt > LONGEST_VIEW_MS) open();
  settle();
  if (isHeartbeat()) {
    measure();
    reportAll();
    adoptRows();
  } else {
    report(false);
  }
  resend();
}

/**
 * Sees whether the page is seen. Order on leaving, as Chromium sends it: pagehide (visibilityState still "visible"),
 * visibilitychange (hidden), freeze. On a return from the back/forward cache: resume, visibilitychange, pageshow.
 */
function look(event: { type?: string; persisted?: boolean }): void {
  const wasVisible = isVisible;
  const isSeen = document.visibilityState === "visible" && !/hide|fr/.test(event.type!);
  if (answerCommands) {
    if (!isSeen) return;
    begin();
  }
  settle(isSeen);
  if (isSeen) {
    if (event.persisted) open({ referrer: page!.referrer });
    if (!wasVisible) resend();
  } else {
    if (wasVisible) measure();
    reportAll();
    send(true);
  }
}

/** Measures this page for the site of the settings, from the moment it is first seen. */
export function start(): void {
  // Pages without a host (file:, about:, a mail) mean nothing to the collector.
  if (!location.host || !settings.site) return;
  const commands: Commands = {
    event: (name: string, fields?: Fields) => record({ ...fields, name }),
    pageview: ({ props, ...given }: Partial<Page> & { props?: Props } = {}) => open(given, props),
    flush: send,
  };
  if (extra) commands.view = (key: string) => countEntity(key);
  if (plus) Object.assign(commands, plus.commands);
  answerCommands = claimCommands(settings.site, commands);
  if (!answerCommands) return;
  listen("visibilitychange pagehide pageshow freeze focus blur", look);
  listen("online", retryNow);
  listen(INPUTS, noteInput);
  onScroll();
  look({});
}
