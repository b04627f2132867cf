// The site's saved segments: to look at one, to save the filters in use as another, to take one out.

import { element } from "./element.js";
import { createNameForm } from "./name-form.js";
import { readNamed } from "./named-filters.js";
import { buildNamedTable } from "./named-list.js";
import { createPanel } from "./panel.js";
import { loadPanel } from "./panel-state.js";
import { writeQueryFilter } from "./query.js";

const EMPTY = "No segments yet. Choose filters with the button at the top, then save them here under a name.";

export function createSegmentsPanel(site, { getState, onFilter }) {
  const { node, content } = createPanel("segments", "Segments", { wide: true, note: "A segment is a part of the traffic under a name. Press one to look at nothing else." });
  if (site.rights.includes("change")) {
    const form = createNameForm(site, "segments", {
      filters: () => getState().filters.map(writeQueryFilter),
      placeholder: "Name for the filters in use",
      onSaved: change,
    });
    node.append(element("div", { class: "rows form-place" }, form.node));
  }

  function draw(segments) {
    if (!segments.length) return false;
    content.replaceChildren(buildNamedTable(site, "segments", segments, { caption: "Segments", onUse: (name) => onFilter("segment", name), onGone: change }));
    return true;
  }

  function change(segments) {
    if (draw(segments)) node.dataset.state = "ready";
    else content.replaceChildren(element("p", { class: "empty" }, EMPTY));
  }

  return { node, load: ({ signal }) => loadPanel(node, content, () => readNamed(site, "segments", signal), draw, EMPTY) };
}
