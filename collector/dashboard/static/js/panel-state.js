// What stands in a panel while it loads, when it has nothing, and when the question failed.

import { Problem } from "./api.js";
import { element } from "./element.js";

/**
 * Runs one load of a panel. `show(answer)` draws it and returns false when there was nothing to draw.
 * What was drawn before stays until the new answer is there, so a refresh does not flicker.
 */
export async function loadPanel(panel, content, question, show, emptyText = "Nothing in this period") {
  panel.setAttribute("aria-busy", "true");
  if (!panel.dataset.state) panel.dataset.state = "loading";
  try {
    const filled = show(await question());
    panel.dataset.state = filled === false ? "empty" : "ready";
    if (filled === false) content.replaceChildren(element("p", { class: "empty" }, emptyText));
  } catch (error) {
    // A newer load of the same panel is on its way and will clear aria-busy.
    if (error.name === "AbortError") return;
    panel.dataset.state = "error";
    const text = error instanceof Problem ? error.message : "This panel could not be drawn.";
    content.replaceChildren(element("div", { class: "notice", role: "alert" }, element("p", {}, text)));
    if (!(error instanceof Problem)) console.error(error);
  }
  panel.removeAttribute("aria-busy");
}
