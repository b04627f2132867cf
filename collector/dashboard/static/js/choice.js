// A labelled <select> over a table of choices.

import { element } from "./element.js";

/** `choices`: { value: title }. Gives its node and `mark(value)`. */
export function createChoice(label, choices, onChoose, { name = null } = {}) {
  const select = element("select", { name, change: () => onChoose(select.value) }, Object.entries(choices).map(([value, title]) => element("option", { value }, title)));
  return {
    node: element("label", { class: "choice-field" }, element("span", {}, label), select),
    mark(value) {
      select.value = value;
    },
  };
}
