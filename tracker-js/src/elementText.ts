const MAX_LENGTH = 64;
const NAMED = "a,button,[role=button],[role=link]";

/** What may hold something of the visitor's: fields, editors, and what the page says to mask or ignore. */
export const PRIVATE =
  "input,select,textarea,script,style,[contenteditable],[data-footfall-mask],[data-footfall-ignore]";

const readText = (node: Node): string =>
  node.nodeType === 1 && (node as Element).matches(PRIVATE)
    ? ""
    : node.nodeValue || Array.from(node.childNodes, readText).join(" ");

/**
 * The visible name of a link or button; nothing for anything else, and never what was typed. Without what may
 * be personal: e-mail addresses and digits become `#`.
 */
export function getElementText(element: Element): string | undefined {
  return element.matches(NAMED)
    ? (element.getAttribute("aria-label") || readText(element))
        .replace(/[^\s@<>]+@[^\s@<>]+|\p{Nd}+/gu, "#")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, MAX_LENGTH)
    : undefined;
}
