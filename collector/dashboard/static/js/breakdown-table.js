// The rows of a breakdown as a real table; a bar behind each label shows its part of the largest.

import { countryFlag } from "./country.js";
import { DIMENSIONS } from "./dimensions.js";
import { element } from "./element.js";
import { METRICS } from "./metrics.js";

/** `total` is what a share is a share of; with `onSort` the column heads become buttons, `order` is the present one. */
export function buildTable({ tab, rows, total, onFilter, onSort = null, order = null }) {
  const largest = Math.max(...rows.map(({ metrics }) => metrics[0] ?? 0), 1);
  const heads = tab.metrics.map((name) => buildHead(name, tab, onSort, order));
  const body = rows.map(({ dimensions, metrics }) => {
    const values = Object.fromEntries(tab.metrics.filter((name) => name !== "share").map((name, at) => [name, metrics[at]]));
    values.share = total ? (100 * values.visitors) / total : null;
    return buildRow(tab, dimensions[0], values, metrics[0] / largest, onFilter);
  });
  return element(
    "table",
    { class: `breakdown-table columns-${tab.metrics.length}` },
    element("caption", { class: "only-read" }, tab.title),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, DIMENSIONS[tab.dimension].title), heads)),
    element("tbody", {}, body),
  );
}

function buildHead(name, tab, onSort, order) {
  const { column, meaning } = METRICS[name];
  const title = name === "events" && tab.name === "element" ? "Clicks" : column;
  const head = element("th", { scope: "col", class: `number of-${name}`, title: meaning });
  if (!onSort || name === "share") {
    head.append(title);
    return head;
  }
  const [sorted, direction] = order;
  if (sorted === name) head.setAttribute("aria-sort", direction === "desc" ? "descending" : "ascending");
  const next = [name, sorted === name && direction === "desc" ? "asc" : "desc"];
  head.append(element("button", { type: "button", class: "sort", click: () => onSort(next) }, title));
  return head;
}

function buildRow(tab, label, values, part, onFilter) {
  const text = DIMENSIONS[tab.dimension].write(label);
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.width = `${Math.max(part * 100, 0.5)}%`;
  const button = element("button", { type: "button", class: "row-label", title: text, "aria-label": `${text}: show only this` }, buildFlag(tab, label), text);
  return element(
    "tr",
    // The whole row is a target for the pointer; the button inside it is the one for the keyboard.
    { "data-dimension": tab.dimension, "data-label": label, click: () => onFilter(tab.dimension, label) },
    element("th", { scope: "row", class: "label" }, bar, button),
    tab.metrics.map((name) =>
      element("td", { class: `number of-${name}`, "data-metric": name, "data-value": values[name] ?? "", title: METRICS[name].exact(values[name]) }, METRICS[name].format(values[name])),
    ),
  );
}

function buildFlag(tab, label) {
  if (tab.dimension !== "visit:country") return null;
  const flag = countryFlag(label);
  const code = /^[A-Z]{2}$/.test(label) ? label : "?";
  return element("span", { class: flag ? "flag" : "flag code", "aria-hidden": "true" }, flag ?? code);
}
