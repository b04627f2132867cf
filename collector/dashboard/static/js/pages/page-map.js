// One page: where it is clicked, on what, and how far down it is seen; apart for each class of screens.

import { buildClickMap } from "../click-map.js";
import { element } from "../element.js";
import { formatCount } from "../format.js";
import { startPage } from "../frame.js";
import { createPageField } from "../page-field.js";
import { PAGE_MAP_STATE } from "../page-map-state.js";
import { proposeLabels } from "../proposals.js";
import { createReportPanel } from "../report-panel.js";
import { countScreens, screenTitle } from "../screens.js";
import { buildScrollMap } from "../scroll-map.js";
import { buildReportTable } from "../table.js";

const CELL = 40;
const ELEMENTS = [
  { name: "text", title: "Element", write: (text, { element: path }) => text ?? path },
  { name: "element", title: "Where" },
  { name: "clicks", title: "Clicks", number: true, write: formatCount },
  { name: "visitors", title: "Visitors", number: true, write: formatCount },
  { name: "per_pageview", title: "A view", number: true, write: (value) => (value === null ? "–" : value.toFixed(2)), meaning: "Clicks divided by the page's views on such screens" },
];

startPage({ own: PAGE_MAP_STATE }, ({ site, state, place, refresh }) => {
  let page = "";
  let screen = "";
  const field = createPageField(site, state.get, (path) => state.change({ page: path }));
  const screens = element("div", { class: "segmented", role: "group", "aria-label": "Screens" });
  const fields = () => (page ? { page } : null);
  const unasked = "Choose a page: its clicks and scrolling are shown here.";
  const clicks = "The tracker tells of clicks with their place; footfall.core.js alone does not.";

  const scroll = createReportPanel(site, {
    name: "scroll-map", report: "scroll-map", title: "How far down", fields, unasked,
    draw: (content, { results }) => drawOf(content, results, (rows) => buildScrollMap(rows)),
    empty: "No view of this page in this period told how far down it came.",
  });
  const map = createReportPanel(site, {
    name: "click-map", report: "click-map", title: "Clicks by place",
    note: "On an empty page as wide as such screens: nothing of your page is copied. Open it beside this one at the same width.",
    fields: () => (page ? { page, cell: CELL } : null), unasked,
    draw: (content, { results }) => drawOf(content, results, (rows) => buildClickMap(rows, screen, CELL)),
    empty: `Nobody clicked on this page in this period. ${clicks}`,
  });
  const elements = createReportPanel(site, {
    name: "clicks", report: "clicks", title: "Clicks by element", fields, unasked, wide: true,
    draw(content, { results }) {
      offer(results);
      return drawOf(content, results, (rows) => buildReportTable({ caption: `Clicks by element on ${screenTitle(screen)} screens`, columns: ELEMENTS, rows }));
    },
    empty: `Nobody clicked on this page in this period. ${clicks}`,
  });
  const all = [elements, map, scroll];

  function drawOf(content, results, build) {
    if (!results.length) return false;
    const rows = results.filter((row) => row.screen === (screen || countScreens(results, "clicks" in results[0] ? "clicks" : "pageviews")[0][0]));
    if (rows.length) content.replaceChildren(build(rows));
    else content.replaceChildren(element("p", { class: "empty" }, "Nothing from screens of this class."));
    return true;
  }

  // The classes are known with the clicks; the one with the most is shown first.
  function offer(results) {
    const counts = countScreens(results, "clicks");
    const wanted = state.get().screen;
    const chosen = counts.some(([name]) => name === wanted) ? wanted : (counts[0]?.[0] ?? "");
    screens.replaceChildren(...counts.map(([name, count]) => element("button", { class: "button", type: "button", "data-screen": name, "aria-pressed": String(name === chosen), click: () => state.change({ screen: name }) }, `${screenTitle(name)} `, element("span", { class: "quiet" }, formatCount(count)))));
    if (chosen === screen) return;
    screen = chosen;
    refresh([map, scroll]);
  }

  // Without a page in the address: the one with the most visitors.
  const choosing = {
    async load({ state: now }) {
      const next = now.page || (await proposeLabels(site, now, "event:page", { limit: 1 }))[0] || "";
      field.write(next);
      page = next;
      refresh(all);
    },
  };

  place.replaceChildren(
    element("div", { class: "panel choices-panel" }, element("div", { class: "choices" }, field.node, element("div", { class: "choice-field" }, element("span", {}, "Screens"), screens))),
    element("div", { class: "panels map-page-panels" }, map.node, scroll.node, elements.node));

  return { views: [choosing] };
});
