// One event of the stream as a sentence: who (never more than a country and a device), what, when.

import { countryName } from "./country.js";
import { element } from "./element.js";
import { nowIn } from "./site-time.js";

const VERBS = {
  pageview: ({ page }) => ["viewed", page],
  view: ({ entity_type: type, entity_id: id, page }) => ["viewed", type ? `${type} ${id}` : page],
  click: ({ page }) => ["clicked on", page],
  rage_click: ({ page }) => ["clicked in anger on", page],
  dead_click: ({ page }) => ["clicked in vain on", page],
  scroll: ({ page }) => ["scrolled", page],
  form_submit: ({ page }) => ["sent a form on", page],
};

const otherwise = ({ name, page }) => [name, page ? `on ${page}` : ""];

function describeWho({ country }) {
  return country ? `Somebody in ${countryName(country)}` : "Somebody";
}

export function buildLine(event, timeZone) {
  const [verb, what] = (VERBS[event.name] ?? otherwise)(event);
  const with_ = [event.device, event.browser].filter(Boolean).join(", ");
  return element("li", { "data-event": event.name, "data-page": event.page },
    element("time", { datetime: new Date(event.at_ms).toISOString() }, nowIn(timeZone, new Date(event.at_ms)).slice(11)),
    element("p", {}, describeWho(event), " ", element("span", { class: "verb" }, verb), " ", element("strong", {}, what ?? "")),
    element("p", { class: "quiet" }, [with_, event.source ? `from ${event.source}` : null].filter(Boolean).join(" · ")));
}
