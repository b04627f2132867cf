// One thing that visitors do, as a field: a page, an event or a goal. It stands for one filter.

import { element } from "./element.js";
import { proposeLabels } from "./proposals.js";

const KINDS = {
  page: { title: "Page", operator: "is", dimension: "event:page" },
  section: { title: "Page with", operator: "contains", dimension: "event:page" },
  event: { title: "Event", operator: "is", dimension: "event:name" },
  goal: { title: "Goal", operator: "is", dimension: "event:goal" },
  element: { title: "Click on", operator: "is", dimension: "event:element" },
};

const kindOf = ([operator, dimension]) => Object.keys(KINDS).find((name) => KINDS[name].operator === operator && KINDS[name].dimension === dimension);

/** Whether a filter is of a kind that this field can show. */
export const isStep = (filter) => filter !== null && kindOf(filter) !== undefined;

/** The filters of a step, all of which must match: a page means that it was opened, and not all that happens on it. */
export function stepFilters(filter) {
  return filter[1] === "event:page" ? [filter, ["is", "event:name", ["pageview"]]] : [filter];
}

/** The same as one filter, as reports take it. */
export function stepFilter(filter) {
  const filters = stepFilters(filter);
  return filters.length === 1 ? filters[0] : ["and", filters];
}

/** "/p/42", "Goal Order": a step in few words. */
export function describeStep(filter) {
  const { title } = KINDS[kindOf(filter)];
  const [value] = filter[2];
  return title === "Page" ? value : `${title} ${value}`;
}

let count = 0;

/** `onChange()` is called after the value changed; `read()` gives the filter, or null while the field is empty. */
export function createStepField(site, getState, { label, filter = null, placeholder = "Which one?", onChange }) {
  const listId = `step-values-${(count += 1)}`;
  const values = element("datalist", { id: listId });
  const kind = element("select", { "aria-label": `${label}: what`, change: switchKind }, Object.entries(KINDS).map(([name, { title }]) => element("option", { value: name }, title)));
  const value = element("input", { list: listId, maxlength: 512, autocomplete: "off", placeholder, "aria-label": label, focus: propose, change: onChange });
  let proposed = null;

  async function propose() {
    const { dimension } = KINDS[kind.value];
    const key = `${dimension} ${JSON.stringify(getState())}`;
    if (proposed === key) return;
    proposed = key;
    const labels = await proposeLabels(site, getState(), dimension);
    if (proposed === key) values.replaceChildren(...labels.map((each) => element("option", { value: each })));
  }

  function switchKind() {
    value.value = "";
    values.replaceChildren();
    propose();
    value.focus();
    onChange();
  }

  const field = {
    node: element("div", { class: "step-field" }, kind, value, values),
    read() {
      const { operator, dimension } = KINDS[kind.value];
      const text = value.value.trim();
      return text ? [operator, dimension, [text]] : null;
    },
    /** Shows a filter, or nothing; a field that shows it already keeps its kind and the keyboard's place. */
    write(next) {
      if (JSON.stringify(next) === JSON.stringify(field.read())) return;
      if (next) kind.value = kindOf(next);
      value.value = next ? next[2][0] : "";
    },
    focus: () => value.focus(),
  };
  field.write(filter);
  return field;
}
