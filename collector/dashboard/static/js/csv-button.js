// The button that saves what a panel shows as a CSV file.

import { Problem, fetchCsv } from "./api.js";
import { element } from "./element.js";

/** `question()` gives [path, body] of what is shown at the moment; `name` is the file's, without its ending. */
export function createCsvButton(name, question) {
  const button = element("button", { class: "button quiet-button", type: "button", title: "Save these rows as a CSV file", click: save }, "CSV");

  async function save() {
    button.disabled = true;
    try {
      const address = URL.createObjectURL(await fetchCsv(...question()));
      element("a", { href: address, download: `${name}.csv` }).click();
      // The download has to begin before the address goes.
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
      button.textContent = "CSV";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      button.textContent = "Failed";
      button.title = error.message;
    } finally {
      button.disabled = false;
    }
  }

  return button;
}
