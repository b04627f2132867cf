// Where visits begin and end, how fast pages are, and what annoys.

import { DIMENSIONS } from "../dimensions.js";
import { element } from "../element.js";
import { formatCount, formatDuration, formatPercent } from "../format.js";
import { startPage } from "../frame.js";
import { createReportPanel } from "../report-panel.js";
import { buildReportTable } from "../table.js";
import { createVitalsPanel } from "../vitals-panel.js";

const LIMIT = 100;
const count = (name, title, meaning) => ({ name, title, number: true, write: formatCount, meaning });
const percent = (name, title, meaning) => ({ name, title, number: true, write: formatPercent, meaning });

const ENTRY = [{ name: "page", title: "Page" }, count("entries", "Entries"), count("visitors", "Visitors"), percent("bounce_rate", "Bounce"), { name: "visit_duration", title: "Duration", number: true, write: formatDuration }];
const EXIT = [{ name: "page", title: "Page" }, count("exits", "Exits"), count("visitors", "Visitors"), count("pageviews", "Views"), percent("exit_rate", "Exit rate", "Exits as a share of the page's views")];
const ANNOYED = [
  { name: "page", title: "Page" },
  { name: "text", title: "Where", write: (text, { element: path }) => text ?? path },
  { name: "element", title: "Element" },
  count("rage_clicks", "Rage", "Somebody clicked three times within a second"),
  count("dead_clicks", "Dead", "A click on a button did nothing"),
  count("visitors", "Visitors"),
];

startPage({}, ({ site, place, filterBy }) => {
  const byPage = (dimension) => (page) => element("button", { type: "button", class: "row-label", "aria-label": `${page}: show only this ${DIMENSIONS[dimension].title.toLowerCase()}`, title: page, click: () => filterBy(dimension, page) }, page);

  function panel({ name, title, note, columns, wide = false, dimension, empty }) {
    const [first, ...rest] = columns;
    const shown = [{ ...first, write: byPage(dimension) }, ...rest];
    return createReportPanel(site, {
      name, report: name, title, note, wide, empty,
      fields: () => ({ limit: LIMIT }),
      draw(content, { results }) {
        if (!results.length) return false;
        content.replaceChildren(buildReportTable({ caption: title, columns: shown, rows: results, className: "tall" }));
        return true;
      },
    });
  }

  const parts = [
    panel({ name: "entry-pages", title: "Where visits begin", columns: ENTRY, dimension: "visit:entry_page", empty: "No visit in this period. A page view begins one." }),
    panel({ name: "exit-pages", title: "Where visits end", columns: EXIT, dimension: "visit:exit_page", empty: "No visit in this period. A page view begins one." }),
    createVitalsPanel(site),
    panel({
      name: "frustration", title: "Rage and dead clicks", columns: ANNOYED, wide: true, dimension: "event:page",
      note: "Where somebody clicked again and again, or where nothing happened.",
      empty: "Nobody clicked in anger or in vain in this period. The tracker tells of both (footfall.core.js alone does not).",
    }),
  ];
  place.replaceChildren(element("div", { class: "panels" }, parts.map(({ node }) => node)));
  return { views: parts };
});
