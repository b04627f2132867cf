// The form that gives a name to filters, for goals and for segments.

import { Problem } from "./api.js";
import { element } from "./element.js";
import { putNamed } from "./named-filters.js";

const LONGEST_NAME = 120;

/** `filters()` gives what is to be named, or null when there is nothing yet; `onSaved(all)` gets the site's list. */
export function createNameForm(site, kind, { fields = [], filters, placeholder, onSaved }) {
  const name = element("input", { required: true, maxlength: LONGEST_NAME, placeholder, autocomplete: "off", "aria-label": placeholder });
  const button = element("button", { class: "button primary", type: "submit" }, "Save");
  const problem = element("p", { class: "form-problem", role: "alert" });
  const node = element("form", { class: "name-form", submit }, ...fields, name, button, problem);

  async function submit(event) {
    event.preventDefault();
    const chosen = filters();
    problem.textContent = "";
    if (!chosen?.length) {
      problem.textContent = "Choose first what it is to stand for.";
      return;
    }
    button.disabled = true;
    try {
      onSaved(await putNamed(site, kind, name.value.trim(), chosen));
      name.value = "";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  }

  return { node };
}
