// What the page of journeys adds to the address.

import { readFilter, writeFilter } from "./state.js";
import { isStep } from "./step-field.js";

export const DIRECTIONS = { forward: "Where they go", backward: "Where they come from" };
export const STEPS = { 1: "1 step", 2: "2 steps", 3: "3 steps", 4: "4 steps", 5: "5 steps" };

export const JOURNEYS_STATE = {
  read(params) {
    const start = params.get("start") ? readFilter(params.get("start")) : null;
    return {
      start: isStep(start) ? start : null,
      direction: params.get("direction") === "backward" ? "backward" : "forward",
      steps: Object.hasOwn(STEPS, params.get("steps")) ? params.get("steps") : "3",
    };
  },
  write({ start, direction, steps }, params) {
    if (start) params.set("start", writeFilter(start));
    if (direction !== "forward") params.set("direction", direction);
    if (steps !== "3") params.set("steps", steps);
  },
};
