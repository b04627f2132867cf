// Every dimension that can be filtered by, one row each: its name in a sentence and how its labels are written.

import { countryName } from "./country.js";

const asIs = (label) => label;
const capital = (label) => label.charAt(0).toUpperCase() + label.slice(1);

const OPERATORS = { is: "is", is_not: "is not", contains: "contains" };
// A goal or a segment is named whole.
const WHOLE = { is: "is", is_not: "is not" };

export const DIMENSIONS = {
  "event:page": { title: "Page", write: asIs },
  "visit:entry_page": { title: "Entry page", write: asIs },
  "visit:exit_page": { title: "Exit page", write: asIs },
  "visit:source": { title: "Source", write: asIs },
  "visit:channel": { title: "Channel", write: asIs },
  "visit:referrer": { title: "Referrer", write: asIs },
  "visit:utm_campaign": { title: "Campaign", write: asIs },
  "visit:country": { title: "Country", write: countryName },
  "visit:device": { title: "Device", write: capital },
  "visit:browser": { title: "Browser", write: asIs },
  "visit:os": { title: "Operating system", write: asIs },
  "event:name": { title: "Event", write: asIs },
  "event:element": { title: "Element", write: asIs },
  "event:goal": { title: "Goal", write: asIs, operators: { is: "is" } },
  segment: { title: "Segment", write: asIs, operators: WHOLE },
};

export const operatorsOf = (dimension) => DIMENSIONS[dimension].operators ?? OPERATORS;
