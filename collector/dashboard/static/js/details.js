// The dialog with all rows of a tab: searched, sorted and read on by the server, never in the browser.

import { ask } from "./api.js";
import { buildTable } from "./breakdown-table.js";
import { DIMENSIONS } from "./dimensions.js";
import { element } from "./element.js";
import { formatCount } from "./format.js";
import { loadPanel } from "./panel-state.js";
import { breakdownQuery } from "./query.js";

const ROWS = 50;

export function createDetails(dialog, site, { getState, visitors, onFilter }) {
  let controller = new AbortController();

  function open(tab) {
    const view = { rows: [], search: "", order: [tab.metrics[0], "desc"] };
    const content = element("div", { class: "rows" });
    const more = element("button", { class: "button", type: "button", hidden: true, click: () => load(true) }, "Show more");
    const count = element("span", { class: "quiet", role: "status" });
    const search = element("input", { type: "search", placeholder: `Find a ${DIMENSIONS[tab.dimension].title.toLowerCase()}`, "aria-label": "Find", input: onSearch });
    dialog.replaceChildren(
      element("div", { class: "panel-head" },
        element("h2", { id: "details-title" }, tab.title),
        search,
        element("button", { class: "button icon-only", type: "button", "aria-label": "Close", click: () => dialog.close() }, "×")),
      content,
      element("div", { class: "panel-foot" }, count, more),
    );

    let waiting = 0;
    function onSearch() {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        view.search = search.value.trim();
        load(false);
      }, 250);
    }

    function show([answer, total], append) {
      view.rows = append ? [...view.rows, ...answer.results] : answer.results;
      const all = answer.meta?.total_rows ?? view.rows.length;
      count.textContent = `${formatCount(view.rows.length)} of ${formatCount(all)}`;
      more.hidden = view.rows.length >= all;
      if (view.rows.length === 0) return false;
      content.replaceChildren(buildTable({ tab, rows: view.rows, total, onFilter: choose, onSort: sort, order: view.order }));
      return true;
    }

    function sort(order) {
      view.order = order;
      load(false);
    }

    function choose(dimension, label) {
      dialog.close();
      onFilter(dimension, label);
    }

    function load(append) {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      const offset = append ? view.rows.length : 0;
      const body = breakdownQuery(site, getState(), tab, { limit: ROWS, offset, search: view.search, order: view.order });
      loadPanel(dialog, content, () => Promise.all([ask(body, signal), visitors()]), (answers) => show(answers, append), "No match");
    }

    delete dialog.dataset.state;
    dialog.showModal();
    load(false);
  }

  dialog.addEventListener("close", () => controller.abort());
  // A click on the backdrop lands on the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return { open };
}
