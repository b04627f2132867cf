import { isStable, isTelling } from "./isStable";

const MAX_LEVELS = 5;
const MAX_LENGTH = 200;
const LANDMARKS = /^(main|nav|header|footer|aside|section|article|form|dialog)$|-/;

/**
 * A short path such as `main > button#buy`, that stays the same from release to release. `elements` starts
 * at the element itself and goes outwards, across shadow roots. Nameless wrappers are left out; an ancestor
 * with an id ends it, for nothing further out can say more.
 */
export function getElementPath(elements: readonly HTMLElement[]): string {
  const path: string[] = [];
  for (const { localName, id, dataset, classList } of elements) {
    const tested = dataset.testid || dataset.event || "";
    const look = [...classList].find(isTelling);
    const name = isStable(id) ? "#" + id : isStable(tested) ? `[${tested}]` : look ? "." + look : "";
    if (path[0] && !name && !LANDMARKS.test(localName)) continue;
    path.unshift(localName + name);
    if (path[MAX_LEVELS - 1] || (path[1] && isStable(id))) break;
  }
  return path.join(" > ").slice(-MAX_LENGTH);
}
