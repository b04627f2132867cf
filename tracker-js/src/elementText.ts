import { maskText } from "./maskText";
import { shorten } from "./shorten";

const MAX_LENGTH = 64;
const MAX_READ = 1_000; // characters: a whole card can be one link
const NAMED = "a,button,[role=button],[role=link]";
const UNREAD = "input,select,textarea,script,style,[contenteditable],[data-footfall-mask],[data-footfall-ignore]";

function readText(node: Node, before: string): string {
  if (before.length > MAX_READ) return before;
  if (node.nodeType === Node.TEXT_NODE) return before + " " + node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE || (node as Element).matches(UNREAD)) return before;
  return Array.from(node.childNodes).reduce((text, child) => readText(child, text), before);
}

/** The visible name of a link or button, masked; nothing for anything else, and never what was typed. */
export function getElementText(element: Element): string | undefined {
  if (!element.matches(NAMED)) return undefined;
  const text = element.getAttribute("aria-label") || readText(element, "");
  return shorten(maskText(text.slice(0, MAX_READ)), MAX_LENGTH).trim() || undefined;
}
