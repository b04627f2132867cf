// A panel that shows one report: heading, controls, content, CSV.

import { askReport, reportPath } from "./api.js";
import { createCsvButton } from "./csv-button.js";
import { element } from "./element.js";
import { createPanel } from "./panel.js";
import { loadPanel } from "./panel-state.js";
import { reportQuery } from "./query.js";

/**
 * `fields(state)` gives the report's own fields, or null when it cannot be asked yet; then `unasked` is shown.
 * `draw(content, answer, state)` draws and returns false when there is nothing to draw: then `empty` is.
 */
export function createReportPanel(site, { name, report, title, note = null, controls = [], wide = false, fields = () => ({}), draw, empty, unasked = "" }) {
  let asked = {};
  const csv = createCsvButton(`${site.id}-${name}`, () => [reportPath(report), asked]);
  const { node, content } = createPanel(name, title, { note, wide, controls: [...controls, csv] });

  return {
    node,
    load({ state, signal }) {
      const own = fields(state);
      csv.hidden = own === null;
      if (own === null) {
        node.dataset.state = "unasked";
        content.replaceChildren(element("p", { class: "empty" }, unasked));
        return Promise.resolve();
      }
      asked = reportQuery(site, state, own);
      const show = (answer) => {
        const filled = draw(content, answer, state);
        csv.hidden = filled === false;
        return filled;
      };
      return loadPanel(node, content, () => askReport(report, asked, signal), show, empty);
    },
  };
}
