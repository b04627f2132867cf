import { Window } from "happy-dom";

/** A page with this body. Makes the few globals that the tracker's code reads. */
export function buildPage(html: string): Document {
  const window = new Window({ url: "https://shop.example/p/42?x=1#top" });
  Object.assign(globalThis, { window, document: window.document, location: window.location });
  window.document.body.innerHTML = html;
  // Reflected by browsers, not by this DOM.
  for (const [name, attribute] of [["ariaLabel", "aria-label"], ["role", "role"]] as const) {
    Object.defineProperty(window.HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return this.getAttribute(attribute);
      },
    });
  }
  return window.document as unknown as Document;
}

/** The element that a selector finds and all around it, from the inside outwards. */
export function getElements(document: Document, selector: string): HTMLElement[] {
  const elements: HTMLElement[] = [];
  for (let element = document.querySelector<HTMLElement>(selector); element; element = element.parentElement) elements.push(element);
  return elements;
}
