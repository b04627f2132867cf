// A site's goals or segments as rows: what each stands for, what it led to, and a way to take it out.

import { Problem } from "./api.js";
import { element } from "./element.js";
import { describeFilters } from "./filter-words.js";
import { deleteNamed } from "./named-filters.js";

/**
 * `facts(name)` gives cells to put behind the name and its filters; `heads` are theirs. Asks once more before it takes
 * one out, in place: the button says what a second press does.
 */
export function buildNamedTable(site, kind, named, { caption, heads = [], facts = () => [], onUse = null, onGone }) {
  const one = kind.slice(0, -1);
  const mayDelete = site.rights.includes("delete");
  const body = named.map(({ name, filters }) => element("tr", { "data-name": name },
    element("th", { scope: "row", class: "text", title: name }, onUse ? element("button", { type: "button", class: "row-label", "aria-label": `${name}: show only this`, click: () => onUse(name) }, name) : name),
    element("td", { class: "text quiet", title: describeFilters(filters) }, describeFilters(filters)),
    facts(name),
    mayDelete ? element("td", { class: "number" }, buildDelete(name)) : null));

  function buildDelete(name) {
    const button = element("button", { class: "button quiet-button", type: "button", "aria-label": `Delete the ${one} ${name}`, click: press, blur: () => arm(false) }, "Delete");
    let isArmed = false;

    function arm(next) {
      isArmed = next;
      button.textContent = next ? "Really delete?" : "Delete";
      button.classList.toggle("danger", next);
      button.setAttribute("aria-label", next ? `Press again to delete the ${one} ${name}` : `Delete the ${one} ${name}`);
    }

    async function press() {
      if (!isArmed) {
        arm(true);
        return;
      }
      button.disabled = true;
      try {
        onGone(await deleteNamed(site, kind, name));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        button.disabled = false;
        button.textContent = error.message;
      }
    }

    return button;
  }

  return element("div", { class: "scroll" },
    element("table", { class: "report-table named" },
      element("caption", { class: "only-read" }, caption),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Name"), element("th", { scope: "col" }, "Stands for"), heads.map((head) => element("th", { scope: "col", class: "number" }, head)), mayDelete ? element("td") : null)),
      element("tbody", {}, body)));
}
