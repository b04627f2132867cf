// Which columns of a list are shown; remembered in this browser, because it is a taste and not a question.

import { element } from "./element.js";

const key = (kind) => `footfall.columns.${kind}`;

function readHidden(kind, columns) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(kind)));
    if (Array.isArray(kept)) return new Set(kept);
  } catch {
    // Blocked storage, or something that is not ours: the columns as they are by default.
  }
  return new Set(columns.filter(({ isHidden }) => isHidden).map(({ name }) => name));
}

/** A menu of check boxes; `onChange()` after each. `shown()` gives the columns to draw. */
export function createColumnChooser(onChange) {
  const body = element("div", { class: "menu-body column-choices", role: "group", "aria-label": "Columns" });
  const node = element("details", { class: "menu", id: "column-menu" }, element("summary", { class: "button" }, "Columns"), body);
  let kind = null;
  let columns = [];
  let hidden = new Set();

  function toggle(name, isShown) {
    if (isShown) hidden.delete(name);
    else hidden.add(name);
    try {
      localStorage.setItem(key(kind), JSON.stringify([...hidden]));
    } catch {
      // Blocked storage: the choice lasts as long as the page.
    }
    onChange();
  }

  return {
    node,
    show(nextKind, nextColumns) {
      if (kind === nextKind) return;
      [kind, columns, hidden] = [nextKind, nextColumns, readHidden(nextKind, nextColumns)];
      // The first column leads to the record, so it stays.
      body.replaceChildren(...columns.slice(1).map(({ name, title }) => {
        const box = element("input", { type: "checkbox", checked: !hidden.has(name), change: () => toggle(name, box.checked) });
        return element("label", { class: "choice" }, box, title);
      }));
    },
    shown: () => columns.filter(({ name }, at) => at === 0 || !hidden.has(name)),
  };
}
