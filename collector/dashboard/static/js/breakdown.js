// One breakdown panel: its tabs, its first rows, and the way to all of them.

import { QUERY, ask } from "./api.js";
import { buildTable } from "./breakdown-table.js";
import { createCsvButton } from "./csv-button.js";
import { element } from "./element.js";
import { formatCount } from "./format.js";
import { loadPanel } from "./panel-state.js";
import { breakdownQuery } from "./query.js";
import { createTabs } from "./tabs.js";

const ROWS = 9;
const ALL_ROWS = 10_000;

export function createBreakdown(panel, site, { visitors, onTab, onFilter, onAll }) {
  const content = element("div", { class: "rows", id: `${panel.name}-rows` });
  const all = element("button", { class: "button all", type: "button", hidden: true });
  let asked = null;
  const csv = createCsvButton(`${site.id}-${panel.name}`, () => [QUERY, breakdownQuery(site, asked, shown, { limit: ALL_ROWS })]);
  const tabs = createTabs(panel, content.id, (tab) => onTab(panel.name, tab.name));
  const section = element(
    "section",
    { class: `panel breakdown${panel.wide ? " wide" : ""}`, "data-panel": panel.name, "aria-labelledby": `${panel.name}-title` },
    element("div", { class: "panel-head" }, element("h2", { id: `${panel.name}-title` }, panel.title), tabs.node),
    content,
    element("div", { class: "panel-foot" }, all, csv),
  );
  let shown = panel.tabs[0];
  all.addEventListener("click", () => onAll(shown));

  function show([answer, total], tab) {
    const rows = answer.results;
    const count = answer.meta?.total_rows ?? rows.length;
    all.hidden = count <= rows.length;
    all.textContent = `See all ${formatCount(count)}`;
    if (rows.length === 0) return false;
    const focused = section.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.label : null;
    content.replaceChildren(buildTable({ tab, rows, total, onFilter }));
    const isUnknown = rows.length === 1 && rows[0].dimensions[0] === "(not set)";
    if (tab.unknownHint && isUnknown) content.append(element("p", { class: "hint" }, tab.unknownHint));
    // A refresh must not take the keyboard's place away.
    if (focused) content.querySelector(`tr[data-label="${CSS.escape(focused)}"] button`)?.focus();
    return true;
  }

  return {
    node: section,
    load({ state, signal }) {
      const tab = panel.tabs.find(({ name }) => name === state.tabs[panel.name]) ?? panel.tabs[0];
      tabs.mark(tab);
      // Rows of another tab under this tab's name would be wrong, so they go at once.
      if (tab !== shown) {
        delete section.dataset.state;
        content.replaceChildren();
      }
      shown = tab;
      asked = state;
      const question = () => Promise.all([ask(breakdownQuery(site, state, tab, { limit: ROWS }), signal), visitors()]);
      return loadPanel(section, content, question, (answers) => show(answers, tab));
    },
  };
}
