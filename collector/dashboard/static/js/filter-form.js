// The form behind the Filter button: any dimension, any operator, values proposed from the period that is shown.

import { DIMENSIONS, operatorsOf } from "./dimensions.js";
import { element } from "./element.js";
import { closeMenu } from "./menu.js";
import { proposeLabels } from "./proposals.js";

export function startFilterForm(menu, form, site, { getState, onAdd }) {
  const options = (rows) => rows.map(([name, text]) => element("option", { value: name }, text));
  const dimension = element("select", { name: "dimension", "aria-label": "What", change: propose }, options(Object.entries(DIMENSIONS).map(([name, { title }]) => [name, title])));
  const operator = element("select", { name: "operator", "aria-label": "How" });
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
    operator.replaceChildren(...options(Object.entries(operatorsOf(chosen))));
    values.replaceChildren();
    value.value = "";
    const labels = await proposeLabels(site, getState(), chosen);
    if (dimension.value !== chosen) return;
    values.replaceChildren(...labels.map((label) => element("option", { value: label }, DIMENSIONS[chosen].write(label))));
  }

  menu.addEventListener("toggle", () => menu.open && propose());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onAdd([operator.value, dimension.value, [value.value.trim()]]);
    closeMenu(menu);
  });
}
