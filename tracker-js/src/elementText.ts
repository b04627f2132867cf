const MAX_LENGTH = 64;
const NAMED = "a,button,[role=button],[role=link]";

/** What may hold something of the visitor's: fields, editors, and what the page says to mask or ignore. */
export const PRIVATE = "input,select,textarea,[contenteditable],[data-footfall-mask],[data-footfall-ignore]";

/** The name of a link or button as it is now; nothing for anything else, and where anything private is in it. */
export const getElementText = (element: HTMLElement): string | false | null =>
  element.matches(NAMED) && !element.querySelector(PRIVATE) && (element.ariaLabel || element.textContent);

/** Without what may be personal: e-mail addresses and digits become `#`. */
export const mask = (text: string): string =>
  text
    .replace(/\S+@\S+|\p{Nd}+/gu, "#")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_LENGTH);
