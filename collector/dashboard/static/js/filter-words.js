// Filters in words, also those that only the API can write.

import { DIMENSIONS, operatorsOf } from "./dimensions.js";

const JOINS = { and: " and ", or: " or " };

/** "Device is Mobile, Page contains /p/". */
export function describeFilters(filters) {
  return filters.map(describeFilter).join(", ");
}

function describeFilter([operator, what, ...rest]) {
  if (JOINS[operator]) return `(${what.map(describeFilter).join(JOINS[operator])})`;
  if (operator === "not") return `not (${describeFilter(what)})`;
  if (operator === "has_done" || operator === "has_not_done") return `${operator.replaceAll("_", " ")} ${describeFilter(what)}`;
  const known = DIMENSIONS[what];
  const how = (known && operatorsOf(what)[operator]) ?? operator.replaceAll("_", " ");
  const values = (rest[0] ?? []).map((value) => (known ? known.write(String(value)) : String(value)));
  return `${known?.title ?? what} ${how} ${values.join(" or ")}`;
}
