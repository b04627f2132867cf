// What is being looked at. It lives in the address, so that Back works and a link shows another person the same thing.
// Period and filters are shared by all pages of a site; the rest of an address is a page's own.

import { DIMENSIONS, operatorsOf } from "./dimensions.js";
import { checkPeriod } from "./periods.js";

/** What a page reads from its address and writes there when it has nothing of its own. */
export const NOTHING_OWN = { read: () => ({}), write: () => {} };

// One filter in the address: is~visit:source~Google. Only the value may hold a "~" itself.
export function readFilter(text) {
  const [operator, dimension, ...rest] = text.split("~");
  const known = Object.hasOwn(DIMENSIONS, dimension) && Object.hasOwn(operatorsOf(dimension), operator);
  return known && rest.length ? [operator, dimension, [rest.join("~")]] : null;
}

export function writeFilter([operator, dimension, [value]]) {
  return [operator, dimension, value].join("~");
}

function readShared(params) {
  const get = (name) => params.get(name) ?? "";
  return {
    ...checkPeriod({ period: get("period"), from: get("from"), to: get("to") }),
    filters: params.getAll("f").map(readFilter).filter(Boolean),
  };
}

function writeShared(state, params) {
  if (state.period !== "day") params.set("period", state.period);
  if (state.period === "custom") {
    params.set("from", state.from);
    params.set("to", state.to);
  }
  for (const filter of state.filters) params.append("f", writeFilter(filter));
}

// Colons, slashes and tildes are legal in a query and make the address readable.
function asSearch(params) {
  const text = params.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%7E", "~");
  return text ? `?${text}` : "";
}

/** The address's part that every page of the site understands: "?period=7d&f=…", or "". */
export function sharedSearch(state) {
  const params = new URLSearchParams();
  writeShared(state, params);
  return asSearch(params);
}

/** `own` reads and writes a page's part; `onChange(state, previous)` is called after every change, also by Back. */
export function createState(own, onChange) {
  const read = () => {
    const params = new URLSearchParams(location.search);
    return Object.freeze({ ...readShared(params), ...own.read(params) });
  };
  let state = read();

  function become(next) {
    const previous = state;
    state = Object.freeze(next);
    onChange(state, previous);
  }

  window.addEventListener("popstate", () => become(read()));
  return {
    get: () => state,
    change(patch) {
      const next = { ...state, ...patch };
      const params = new URLSearchParams();
      writeShared(next, params);
      own.write(next, params);
      history.pushState(null, "", asSearch(params) || location.pathname);
      become(next);
    },
  };
}
