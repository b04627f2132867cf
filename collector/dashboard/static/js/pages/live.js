// What happens now: the last half hour, what people look at, and every event as it comes.

import { ask, askReport } from "../api.js";
import { buildTable } from "../breakdown-table.js";
import { element } from "../element.js";
import { buildLine } from "../feed-line.js";
import { formatCount } from "../format.js";
import { startPage } from "../frame.js";
import { drawMinutes } from "../minutes.js";
import { createPanel } from "../panel.js";
import { loadPanel } from "../panel-state.js";
import { breakdownQuery, reportQuery } from "../query.js";
import { openStream } from "../stream.js";

const MOST_LINES = 100;
const STATES = { open: "Listening", waiting: "No connection; trying again", paused: "Paused" };
const TABS = [
  { name: "live-pages", title: "Pages now", dimension: "event:page", metrics: ["visitors", "pageviews"] },
  { name: "live-sources", title: "Sources now", dimension: "visit:source", metrics: ["visitors"] },
];

startPage({ without: ["period-menu"] }, ({ site, place, filterBy }) => {
  const now = element("p", { class: "now" });
  const half = createPanel("minutes", "The last 30 minutes", { controls: [now] });
  const minutes = {
    load({ state, signal }) {
      const { date_range: _, ...body } = reportQuery(site, state);
      return loadPanel(half.node, half.content, () => askReport("realtime", body, signal), (answer) => {
        const { visitors } = answer.meta;
        now.replaceChildren(element("strong", { "data-value": visitors }, formatCount(visitors)), ` ${visitors === 1 ? "visitor" : "visitors"} in the last 5 minutes`);
        return drawMinutes(half.content, answer);
      });
    },
  };
  const tables = TABS.map((tab) => {
    const part = createPanel(tab.name, tab.title);
    return {
      node: part.node,
      load({ state, signal }) {
        const body = { ...breakdownQuery(site, state, tab, { limit: 9 }), date_range: "realtime" };
        return loadPanel(part.node, part.content, () => ask(body, signal), ({ results }) => {
          if (!results.length) return false;
          part.content.replaceChildren(buildTable({ tab, rows: results, total: null, onFilter: filterBy }));
          return true;
        }, "Nobody in the last 5 minutes");
      },
    };
  });

  const lines = element("ol", { class: "feed", "aria-label": "Events, the newest first", tabindex: "0" });
  const state = element("p", { class: "stream-state quiet", role: "status" });
  const quiet = element("p", { class: "empty" }, "Events appear here within a second of happening. Open a page of the site in another window, and this list moves.");
  const unfiltered = element("p", { class: "note", hidden: true }, "The filters hold for the numbers. This list shows every event of the site.");
  const feed = createPanel("feed", "As it happens", { controls: [state] });
  feed.content.append(unfiltered, quiet, lines);
  place.replaceChildren(element("div", { class: "panels live-page" }, half.node, feed.node, ...tables.map(({ node }) => node)));

  openStream(site, {
    onEvent(event) {
      quiet.remove();
      lines.prepend(buildLine(event, site.timeZone));
      while (lines.children.length > MOST_LINES) lines.lastChild.remove();
    },
    onState(name) {
      state.textContent = STATES[name];
      feed.node.dataset.stream = name;
    },
  });
  return { views: [minutes, ...tables], beatSeconds: 5, show: ({ filters }) => (unfiltered.hidden = filters.length === 0) };
});
