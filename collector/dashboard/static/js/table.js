// A table of rows: what a report's columns are called, how their values are written.

import { element } from "./element.js";

/**
 * `columns`: [{ name, title, write(value, row), number, meaning }]; `write` gives text or a node.
 * The first column is the rows' head.
 */
export function buildReportTable({ caption, columns, rows, className = "" }) {
  const heads = columns.map(({ title, number, meaning }) => element("th", { scope: "col", class: number ? "number" : null, title: meaning }, title));
  const body = rows.map((row) => element("tr", { "data-row": row[columns[0].name] }, columns.map((column, at) => buildCell(column, row, at === 0))));
  return element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    element("table", { class: `report-table ${className}` },
      element("caption", { class: "only-read" }, caption),
      element("thead", {}, element("tr", {}, heads)),
      element("tbody", {}, body)));
}

function buildCell({ name, number, write = String }, row, isHead) {
  const value = row[name];
  const shown = write(value, row);
  const attributes = { class: number ? "number" : "text", "data-column": name, "data-value": value };
  if (!number && typeof shown === "string") attributes.title = shown;
  return isHead ? element("th", { scope: "row", ...attributes }, shown) : element("td", attributes, shown);
}
