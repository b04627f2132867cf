// A field for a page's path, with the period's pages as proposals.

import { element } from "./element.js";
import { proposeLabels } from "./proposals.js";

/** `onChoose(path)` is called when another one is picked. */
export function createPageField(site, getState, onChoose) {
  const values = element("datalist", { id: "page-values" });
  const input = element("input", { list: values.id, maxlength: 512, autocomplete: "off", placeholder: "/", focus: propose, change: () => input.value.trim() && onChoose(input.value.trim()) });

  async function propose() {
    values.replaceChildren(...(await proposeLabels(site, getState(), "event:page")).map((path) => element("option", { value: path })));
  }

  return {
    node: element("label", { class: "choice-field page-field" }, element("span", {}, "Page"), input, values),
    write(path) {
      input.value = path;
    },
  };
}
