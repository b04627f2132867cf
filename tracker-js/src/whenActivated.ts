import { guard } from "./guard";

/** Runs once when the page is really opened: at once, but a prerendered page only when it is shown. */
export function whenActivated(run: () => void): void {
  if ((document as Document & { prerendering?: boolean }).prerendering) {
    document.addEventListener("prerenderingchange", guard(run), { once: true });
  } else {
    run();
  }
}
