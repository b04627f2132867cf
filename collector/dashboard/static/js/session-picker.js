// A field that finds a session by what one knows of it: an id, a user, a page. Proposals come from the server.

import { Problem, list } from "./api.js";
import { element } from "./element.js";
import { writeMoment } from "./site-time.js";

const PROPOSALS = 10;
const PATIENCE_MS = 250;

/** `onChoose(id)` is called when one is picked (its own id), or with "" when the field is cleared. */
export function createSessionPicker(site, onChoose, { label = "Session" } = {}) {
  const values = element("datalist", { id: "session-values" });
  const input = element("input", { type: "search", list: values.id, autocomplete: "off", placeholder: "Any session", maxlength: 200, "aria-label": label, input: onInput, change: () => onChoose(input.value.trim()) });
  let waiting = 0;

  function onInput() {
    clearTimeout(waiting);
    waiting = setTimeout(propose, PATIENCE_MS);
  }

  async function propose() {
    const search = input.value.trim();
    try {
      const { results } = await list("sessions", { site: site.id, limit: PROPOSALS, ...(search ? { search } : {}) });
      if (input.value.trim() !== search) return;
      values.replaceChildren(...results.map((row) => element("option", { value: row.session_id }, describe(row))));
    } catch (error) {
      // Proposals are a convenience: without them the id is typed.
      if (!(error instanceof Problem)) throw error;
    }
  }

  const describe = ({ start_time: at, entry_page: page, user_id: user }) => [writeMoment(at, site.timeZone), page, user].filter(Boolean).join(" · ");

  input.addEventListener("focus", propose, { once: true });
  return {
    node: element("label", { class: "choice-field" }, element("span", {}, label), input, values),
    write(id) {
      if (input.value.trim() !== id) input.value = id;
    },
  };
}
