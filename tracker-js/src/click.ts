import { getElementPath } from "./elementPath";
import { getElementText } from "./elementText";
import type { Click } from "./wire";

const INTERACTIVE =
  "a,area,button,summary,label,input,select,textarea,option,[data-event]," +
  ["button", "link", "tab", "menuitem", "checkbox", "radio", "switch", "option"].map((role) => `[role=${role}]`).join();

// What is written in an editor is the visitor's, links included.
const MASKED = "[data-footfall-mask],[contenteditable]";

/**
 * What is told of a click, or nothing where the page says to ignore it. `elements` starts at the clicked
 * element and goes outwards; the nearest interactive one is what the visitor meant.
 */
export function getClick(elements: readonly Element[]): Click | undefined {
  if (!elements.length || elements.some((element) => element.matches("[data-footfall-ignore]"))) return undefined;
  const meant = elements.slice(Math.max(0, elements.findIndex((element) => element.matches(INTERACTIVE))));
  const isMasked = meant.some((element) => element.matches(MASKED));
  return { element: getElementPath(meant), text: isMasked ? undefined : getElementText(meant[0]!) };
}
