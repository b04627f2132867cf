// A list of records, read on page by page with the server's cursor: what comes in meanwhile moves nothing.

import { list } from "./api.js";
import { element } from "./element.js";
import { formatCount } from "./format.js";
import { loadPanel } from "./panel-state.js";
import { buildReportTable } from "./table.js";

const ROWS = 25;

/** `question(state)` gives `{ kind, title, columns, params }`. */
export function createRecordList(site, { question, empty }) {
  const content = element("div", { class: "rows", id: "records-rows" });
  const count = element("span", { class: "quiet", role: "status" });
  const more = element("button", { class: "button", type: "button", hidden: true, click: readOn }, "Show more");
  const node = element("section", { class: "panel report records", "data-panel": "records" }, content, element("div", { class: "panel-foot" }, count, more));
  let asked = null;
  let rows = [];
  let next = null;
  let total = 0;

  const ask = (cursor, signal) => list(asked.kind, [["site", site.id], ["limit", ROWS], ["cursor", cursor], ...asked.params], signal);

  function take({ results, next: address, count: all }, isFirst) {
    rows = isFirst ? results : [...rows, ...results];
    next = address ? new URL(address).searchParams.get("cursor") : null;
    total = all;
  }

  function draw() {
    count.textContent = rows.length ? `${formatCount(rows.length)} of ${formatCount(total)}` : "";
    more.hidden = next === null;
    if (!rows.length) return false;
    content.replaceChildren(buildReportTable({ caption: asked.title, columns: asked.columns(), rows, className: "record-table" }));
    return true;
  }

  async function readOn() {
    const of = asked;
    more.disabled = true;
    await loadPanel(node, content, () => ask(next), (answer) => {
      if (of === asked) take(answer, false);
      return draw();
    });
    more.disabled = false;
    // The keyboard goes on with what is new.
    content.querySelectorAll("tbody tr")[rows.length - 1]?.scrollIntoView({ block: "nearest" });
  }

  return {
    node,
    draw: () => asked && draw(),
    load({ state, signal }) {
      asked = question(state);
      return loadPanel(node, content, () => ask("", signal), (answer) => {
        take(answer, true);
        return draw();
      }, empty);
    },
  };
}
