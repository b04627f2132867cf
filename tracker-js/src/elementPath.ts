import { isStable } from "./isStable";

const MAX_LEVELS = 5;
const MAX_LENGTH = 200;
// main, nav, header, footer, section, aside, article, form, tables, and elements of the site's own.
const LANDMARKS = /-|er$|on$|[dl]e$|main|nav|form/;

/**
 * A short path such as `main > button#buy`, that stays the same from release to release. `elements` starts
 * at the element itself and goes outwards, across shadow roots. Nameless wrappers are left out; an ancestor
 * with an id ends it, for nothing further out can say more.
 */
export function getElementPath(elements: readonly HTMLElement[]): string {
  const path: string[] = [];
  for (const { localName, id, dataset, classList, role } of elements) {
    const names = ["#" + id, `[${dataset.testid || dataset.event || role || ""}]`, ...Array.from(classList, (one) => "." + one)];
    const name = names.find(isStable) || "";
    if (path[0] && !name && !LANDMARKS.test(localName)) continue;
    path.unshift(localName + name);
    if (path[MAX_LEVELS - 1] || (path[1] && name[0] === "#")) break;
  }
  return path.join(" > ").slice(-MAX_LENGTH);
}
