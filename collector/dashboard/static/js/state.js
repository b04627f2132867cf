// What is being looked at: period, filters, chosen metric and tabs. It lives in the address, so that Back works and
// a link shows another person the same thing.

import { DIMENSIONS, OPERATORS } from "./dimensions.js";
import { OVERVIEW } from "./metrics.js";
import { checkPeriod } from "./periods.js";

// One filter in the address: is~visit:source~Google. Only the value may hold a "~" itself.
function readFilter(text) {
  const [operator, dimension, ...rest] = text.split("~");
  const known = Object.hasOwn(OPERATORS, operator) && Object.hasOwn(DIMENSIONS, dimension);
  return known && rest.length ? [operator, dimension, [rest.join("~")]] : null;
}

export function readState(search) {
  const params = new URLSearchParams(search);
  const get = (name) => params.get(name) ?? "";
  const tabs = {};
  for (const [name, value] of params) if (name.startsWith("tab.")) tabs[name.slice(4)] = value;
  return {
    ...checkPeriod({ period: get("period"), from: get("from"), to: get("to") }),
    metric: OVERVIEW.includes(get("metric")) ? get("metric") : "visitors",
    filters: params.getAll("f").map(readFilter).filter(Boolean),
    tabs,
  };
}

export function writeState(state) {
  const params = new URLSearchParams();
  if (state.period !== "day") params.set("period", state.period);
  if (state.period === "custom") {
    params.set("from", state.from);
    params.set("to", state.to);
  }
  if (state.metric !== "visitors") params.set("metric", state.metric);
  for (const [operator, dimension, [value]] of state.filters) params.append("f", [operator, dimension, value].join("~"));
  for (const [panel, tab] of Object.entries(state.tabs)) params.set(`tab.${panel}`, tab);
  // Colons, slashes and tildes are legal in a query and make the address readable.
  return params.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%7E", "~");
}

/** Holds the state; `onChange(state, previous)` is called after every change, also by Back and Forward. */
export function createState(onChange) {
  let state = readState(location.search);

  function become(next) {
    const previous = state;
    state = Object.freeze(next);
    onChange(state, previous);
  }

  window.addEventListener("popstate", () => become(readState(location.search)));
  return {
    get: () => state,
    change(patch) {
      const next = { ...state, ...patch };
      const search = writeState(next);
      history.pushState(null, "", search ? `?${search}` : location.pathname);
      become(next);
    },
  };
}
