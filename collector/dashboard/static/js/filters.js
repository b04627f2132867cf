// The filters in use, as chips that can be taken away, and the rule for adding one.

import { DIMENSIONS, operatorsOf } from "./dimensions.js";
import { element } from "./element.js";

/** The filters with one more. Two "is" on one dimension would match nothing, so the newer replaces the older. */
export function addFilter(filters, [operator, dimension, values]) {
  const isSame = ([other, where, what]) => where === dimension && (operator === "is" ? other === "is" : other === operator && what[0] === values[0]);
  return [...filters.filter((filter) => !isSame(filter)), [operator, dimension, values]];
}

export function createChips(list, onRemove) {
  return function show(filters) {
    list.hidden = filters.length === 0;
    list.replaceChildren(...filters.map((filter) => buildChip(filter, () => onRemove([filter]))));
    if (filters.length > 1) {
      list.append(element("li", {}, element("button", { class: "button clear", type: "button", click: () => onRemove(filters) }, "Clear all")));
    }
  };
}

function buildChip([operator, dimension, [value]], remove) {
  const { title, write } = DIMENSIONS[dimension];
  const text = operator === "contains" ? value : write(value);
  const how = operatorsOf(dimension)[operator];
  return element(
    "li",
    { class: "chip", "data-filter": dimension, "data-label": value },
    element("span", {}, `${title} ${how} `, element("strong", { title: text }, text)),
    element("button", { type: "button", "aria-label": `Remove filter: ${title} ${how} ${text}`, click: remove }, "×"),
  );
}
