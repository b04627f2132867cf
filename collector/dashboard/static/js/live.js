// "3 visitors now": how many were there in the last five minutes.

import { ask } from "./api.js";
import { formatCount } from "./format.js";
import { liveQuery } from "./query.js";

export function createLive(node, site, getState) {
  let controller = new AbortController();

  return async function update() {
    controller.abort();
    controller = new AbortController();
    try {
      const { results } = await ask(liveQuery(site, getState()), controller.signal);
      const count = results[0]?.metrics[0] ?? 0;
      node.dataset.value = count;
      node.textContent = `${formatCount(count)} ${count === 1 ? "visitor" : "visitors"} now`;
    } catch (error) {
      if (error.name === "AbortError") return;
      // The panels say what is wrong; a stale count would claim that all is well.
      node.dataset.value = "";
      node.textContent = "No live count";
    }
  };
}
