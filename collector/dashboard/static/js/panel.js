// The frame of a panel: its heading, its controls, and the place for its content.

import { element } from "./element.js";

export function createPanel(name, title, { note = null, controls = [], wide = false, className = "" } = {}) {
  const content = element("div", { class: "rows" });
  const head = element("div", { class: "panel-head" }, element("h2", { id: `${name}-title` }, title), element("div", { class: "panel-controls" }, controls));
  const node = element("section", { class: `panel report${wide ? " wide" : ""} ${className}`.trim(), "data-panel": name, "aria-labelledby": `${name}-title` },
    head,
    note ? element("p", { class: "note" }, note) : null,
    content);
  return { node, content, head };
}
