// Labels that somebody who types one may mean, out of the period that is shown.

import { Problem, ask } from "./api.js";
import { readNamed } from "./named-filters.js";
import { breakdownQuery } from "./query.js";

const KINDS = { "event:goal": "goals", segment: "segments" };

/** An array of labels; empty when the server has none or does not answer: then they are typed. */
export async function proposeLabels(site, state, dimension, { limit = 50, filters = [] } = {}) {
  try {
    if (KINDS[dimension]) return (await readNamed(site, KINDS[dimension])).map(({ name }) => name);
    const { results } = await ask(breakdownQuery(site, state, { dimension, metrics: ["visitors"], filters }, { limit }));
    return results.map(({ dimensions: [label] }) => label);
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
