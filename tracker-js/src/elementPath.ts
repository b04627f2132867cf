import { isStableClass, isStableName } from "./stableName";

const MAX_LEVELS = 5;
const MAX_LENGTH = 200;
const LANDMARKS = /^(main|nav|header|footer|aside|section|article|form|dialog|table|ul|ol|details|fieldset|.+-.+)$/;

interface Label {
  readonly text: string;
  readonly isUnique: boolean;
  readonly isTelling: boolean;
}

function getLabel(element: Element): Label {
  const tag = element.localName;
  if (isStableName(element.id)) return { text: `${tag}#${element.id}`, isUnique: true, isTelling: true };
  for (const name of ["data-testid", "data-event"]) {
    const value = element.getAttribute(name) || "";
    if (isStableName(value)) return { text: `${tag}[${name}=${value}]`, isUnique: true, isTelling: true };
  }
  const role = element.getAttribute("role") || "";
  const kind = isStableName(role) ? `[role=${role}]` : "";
  const look = Array.from(element.classList).find(isStableClass);
  return {
    text: tag + kind + (look ? "." + look : ""),
    isUnique: false,
    isTelling: !!(kind || look || LANDMARKS.test(tag)),
  };
}

/**
 * A short path such as `main > button#buy`, that stays the same from release to release. `elements` starts
 * at the element itself and goes outwards, across shadow roots. Nameless wrappers are left out; an ancestor
 * with an id ends it, for nothing further out can say more.
 */
export function getElementPath(elements: readonly Element[]): string {
  const path: string[] = [];
  for (const [index, element] of elements.entries()) {
    if (index && /^(body|html)$/.test(element.localName)) break;
    const { text, isUnique, isTelling } = getLabel(element);
    if (index && !isTelling) continue;
    if (index && path.join(" > ").length + text.length + 3 > MAX_LENGTH) break;
    path.unshift(text);
    if ((index && isUnique) || path.length === MAX_LEVELS) break;
  }
  return path.join(" > ");
}
