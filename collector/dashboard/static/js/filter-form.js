// The form behind the Filter button: any dimension, any operator, values proposed from the period that is shown.

import { ask } from "./api.js";
import { DIMENSIONS, OPERATORS } from "./dimensions.js";
import { element } from "./element.js";
import { closeMenu } from "./menu.js";
import { breakdownQuery } from "./query.js";

export function startFilterForm(menu, form, site, { getState, onAdd }) {
  const options = (table, write) => Object.entries(table).map(([name, row]) => element("option", { value: name }, write(row)));
  const dimension = element("select", { name: "dimension", "aria-label": "What", change: propose }, options(DIMENSIONS, ({ title }) => title));
  const operator = element("select", { name: "operator", "aria-label": "How" }, options(OPERATORS, (text) => text));
  const value = element("input", { name: "value", required: true, maxlength: 512, autocomplete: "off", list: "filter-values", "aria-label": "Value", placeholder: "Value" });
  const values = element("datalist", { id: "filter-values" });
  form.replaceChildren(
    element("div", { class: "pair" }, dimension, operator),
    value,
    values,
    element("button", { class: "button primary", type: "submit" }, "Add filter"),
  );

  async function propose() {
    const chosen = dimension.value;
    values.replaceChildren();
    value.value = "";
    const tab = { dimension: chosen, metrics: ["visitors"] };
    try {
      const { results } = await ask(breakdownQuery(site, getState(), tab, { limit: 50 }));
      if (dimension.value !== chosen) return;
      values.replaceChildren(...results.map(({ dimensions: [label] }) => element("option", { value: label }, DIMENSIONS[chosen].write(label))));
    } catch {
      // Proposals are a convenience: without them the value is typed.
    }
  }

  menu.addEventListener("toggle", () => menu.open && propose());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onAdd([operator.value, dimension.value, [value.value.trim()]]);
    closeMenu(menu);
  });
}
