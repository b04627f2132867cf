// One session: what is known of it, and what happened in it, in the order of time.

import { list, read } from "../api.js";
import { element } from "../element.js";
import { NOTHING, formatCount, formatDuration } from "../format.js";
import { startPage } from "../frame.js";
import { createPanel } from "../panel.js";
import { loadPanel } from "../panel-state.js";
import { writeProperties } from "../record-kinds.js";
import { buildFacts } from "../session-facts.js";
import { createSessionPicker } from "../session-picker.js";
import { writeMoment } from "../site-time.js";
import { certainUntil, mergeByTime } from "../timeline.js";

const { record } = document.body.dataset;
const ROWS = 100;
const path = (url) => url?.replace(/^https?:\/\/[^/]*/, "") || NOTHING;

startPage({ isBare: true, without: ["filter-menu", "period-menu"] }, ({ site, place, addressOf }) => {
  const back = element("a", { href: addressOf("sessions") }, "All sessions");
  const picker = createSessionPicker(site, (id) => id && location.assign(addressOf(`sessions/${encodeURIComponent(id)}`)), { label: "Another session" });
  const facts = createPanel("facts", "Session");
  const events = createPanel("timeline", "What happened");
  const more = element("button", { class: "button", type: "button", hidden: true, click: readOn }, "Show more");
  const count = element("span", { class: "quiet", role: "status" });
  events.node.append(element("div", { class: "panel-foot" }, count, more));
  place.replaceChildren(
    element("div", { class: "session-head" }, element("p", {}, back), picker.node),
    element("div", { class: "panels session-page" }, facts.node, events.node),
  );
  let session = null;
  let pageviews = start("pageviews");
  let interactions = start("interactions");

  function start(kind) {
    return { kind, rows: [], next: "" };
  }

  /** The next page of a list behind what is known; the same when it is at its end. */
  async function extend(known, signal) {
    if (known.next === null) return known;
    const { results, next } = await list(known.kind, [["site", site.id], ["session", session.id], ["ordering", "timestamp"], ["limit", ROWS], ["cursor", known.next]], signal);
    return { ...known, rows: [...known.rows, ...results], next: next ? new URL(next).searchParams.get("cursor") : null };
  }

  function draw() {
    const end = certainUntil(pageviews, interactions);
    const rows = mergeByTime(pageviews.rows, interactions.rows).filter(({ timestamp }) => Date.parse(timestamp) <= end);
    more.hidden = pageviews.next === null && interactions.next === null;
    count.textContent = more.hidden ? "" : `${formatCount(rows.length)} events so far`;
    if (!rows.length) return false;
    const first = Date.parse(session.start_time);
    events.content.replaceChildren(element("ol", { class: "timeline" }, rows.map((row) => buildEvent(row, first))));
    return true;
  }

  function buildEvent(row, first) {
    const isPage = row.event_type === "pageview";
    const entity = row.entity ? `${row.entity.type} ${row.entity.id}` : null;
    const what = isPage ? path(row.url) : [row.text ?? row.element, entity].filter(Boolean).join(" · ");
    const more = isPage ? row.title : writeProperties(row.metadata);
    return element("li", { class: isPage ? "page" : null, "data-event": row.event_type },
      element("time", { datetime: row.timestamp, title: writeMoment(row.timestamp, site.timeZone) }, `+${formatDuration(Math.max(0, Date.parse(row.timestamp) - first) / 1000)}`),
      element("div", {},
        element("p", {}, element("strong", {}, isPage ? "viewed" : row.event_type), ` ${what}`),
        more && more !== NOTHING ? element("p", { class: "quiet" }, more) : null));
  }

  const load = async (signal) => {
    [pageviews, interactions] = await Promise.all([extend(pageviews, signal), extend(interactions, signal)]);
  };

  async function readOn() {
    more.disabled = true;
    await loadPanel(events.node, events.content, load, draw);
    more.disabled = false;
  }

  const view = {
    async load({ signal }) {
      session = null;
      await loadPanel(facts.node, facts.content, () => read(`/api/v1/sessions/${encodeURIComponent(record)}?site=${site.id}`, signal), (found) => {
        session = found;
        facts.content.replaceChildren(...buildFacts(session, site.timeZone));
      });
      events.node.hidden = session === null;
      if (session === null) return;
      pageviews = start("pageviews");
      interactions = start("interactions");
      await loadPanel(events.node, events.content, () => load(signal), draw, "Nothing is kept of what happened in it.");
    },
  };
  return { views: [view], show: () => (back.href = addressOf("sessions")) };
});
