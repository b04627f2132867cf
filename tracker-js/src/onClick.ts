import { getClick } from "./click";
import { later } from "./later";
import { listen } from "./listen";
import type { Click } from "./wire";

const isElement = (target: EventTarget): target is Element => target instanceof Element;

/** Runs with each click of the visitor. Clicks that a script makes, by element.click(), are not theirs. */
export function onClick(run: (click: Click) => void): void {
  let labelled: HTMLElement | null = null;
  listen<MouseEvent>(document, "click", (event) => {
    if (!event.isTrusted) return;
    const elements = event.composedPath().filter(isElement);
    // A click on a label is followed by a second, trusted one on its control: one act, told once.
    const isEcho = !!labelled && elements[0] === labelled;
    const label = elements.find((element): element is HTMLLabelElement => element instanceof HTMLLabelElement);
    labelled = label ? label.control : null;
    later(() => (labelled = null), 0);
    const click = isEcho ? undefined : getClick(elements);
    if (!click) return;
    // A click by keyboard has detail 0 and its place is 0,0; left of a right-to-left page's start is below 0.
    const place = (px: number) => (event.detail ? Math.max(0, Math.round(px)) : undefined);
    run({ ...click, x: place(event.pageX), y: place(event.pageY) });
  });
}
