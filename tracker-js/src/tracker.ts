import { look, noteInput } from "./attention";
import { startDelivery } from "./delivery";
import { getNextHeartbeat, hasNews } from "./engagement";
import { guard } from "./guard";
import { later } from "./later";
import { isVisible, onHide, onRestore, onShow } from "./lifecycle";
import { listen } from "./listen";
import { onClick } from "./onClick";
import { onInput } from "./onInput";
import { onRouteChange } from "./onRouteChange";
import { getScrollReading, onScroll, whenFrame } from "./onScroll";
import { getTitle, openPageview, type Pageview, takeEvent } from "./pageview";
import { deepen, getNewMilestone, getScrollPercent } from "./scrollDepth";
import type { Settings } from "./settings";
import type { Engagement, Extras, Fields } from "./wire";

const FIRST_SEND_MS = 50;
const TICK_MS = 5_000;
// The collector links the events of a pageview over 72 hours, and a total that goes on counts only as long as it does.
const LONGEST_VIEW_MS = 24 * 3_600_000;
const ROUTE_DRAWN_MS = 300; // until then the previous view's scroll position may still stand

export interface Tracker {
  record(name: string, extras: Extras): void;
  flush(): void;
}

/** Measures one page for one site, from its first pageview on. */
export function startTracker(settings: Settings): Tracker {
  const delivery = startDelivery(settings);
  let view: Pageview;

  function record(name: string, fields?: Fields): void {
    delivery.add(view.page, takeEvent(view, name, fields));
  }

  function settleNow(): void {
    view.attention = look(view.attention, performance.now(), isVisible(), document.hasFocus());
  }

  function measure(): void {
    view.depth = deepen(view.depth, getScrollReading());
  }

  function reportEngagement(): void {
    settleNow();
    const engagement: Engagement = {
      visible_ms: Math.round(view.attention.visible_ms),
      active_ms: Math.round(view.attention.active_ms),
      scroll_percent: getScrollPercent(view.depth),
    };
    view.heartbeat_ms = getNextHeartbeat(view.attention.visible_ms);
    if (!hasNews(engagement, view.reported)) return;
    view.reported = engagement;
    record("engagement", engagement);
  }

  function open(referrer: string, measured_in_ms: number): void {
    const { page } = (view = openPageview(referrer));
    settleNow();
    record("pageview");
    // Routers change the address first and the title after it.
    later(() => (page.title = getTitle()), 0);
    later(() => whenFrame(measure), measured_in_ms);
  }

  open(document.referrer, 0);
  delivery.sendIn(FIRST_SEND_MS);

  onRouteChange((previous) => {
    reportEngagement();
    open(previous, ROUTE_DRAWN_MS);
  });
  onRestore(() => open(view.page.referrer || "", 0));

  /** A tab that is still there, or there again, after a day is a new view. */
  function renew(): void {
    if (Date.now() - view.opened_at < LONGEST_VIEW_MS) return;
    reportEngagement();
    open("", 0);
  }

  onHide(() => {
    // A page that was never seen has shown nothing of itself.
    if (view.attention.is_visible) measure();
    reportEngagement();
    delivery.leave();
  });
  onShow(() => {
    renew();
    settleNow();
    delivery.return();
  });
  for (const type of ["focus", "blur"]) listen(window, type, settleNow);
  setInterval(
    guard(() => {
      renew();
      settleNow();
      if (view.attention.visible_ms < view.heartbeat_ms) return;
      measure();
      reportEngagement();
    }),
    TICK_MS,
  );

  onInput(() => {
    view.hasInput = true;
    settleNow();
    view.attention = noteInput(view.attention, performance.now());
  });
  onClick((click) => record("click", click));
  onScroll(() => {
    measure();
    // Browsers restore a scroll position by themselves; before any input, nobody has scrolled.
    const milestone = view.hasInput && getNewMilestone(view.depth, getScrollReading().screen, view.milestone);
    if (!milestone) return;
    view.milestone = milestone;
    record("scroll", { scroll_percent: milestone });
  });

  return { record, flush: () => delivery.sendIn(0) };
}
