// The list of a funnel's steps: add, take out, put in another order.

import { element } from "./element.js";
import { createStepField } from "./step-field.js";

export const LEAST_STEPS = 2;
export const MOST_STEPS = 12;

/** `onChange(steps)` gets the steps that are filled in, in their order. */
export function createFunnelSteps(site, getState, onChange) {
  let fields = [];
  const list = element("ol", { class: "funnel-steps" });
  const add = element("button", { class: "button", type: "button", click: addStep }, "Add a step");
  const node = element("div", {}, list, add);

  const read = () => fields.map((field) => field.read()).filter(Boolean);
  const tell = () => onChange(read());

  function buildField(filter, at) {
    return createStepField(site, getState, { label: `Step ${at + 1}`, filter, onChange: tell });
  }

  function draw() {
    list.replaceChildren(...fields.map((field, at) => element("li", {}, field.node,
      tool("↑", `Move step ${at + 1} up`, at === 0, () => swap(at, at - 1)),
      tool("×", `Remove step ${at + 1}`, fields.length <= LEAST_STEPS, () => remove(at)))));
    add.disabled = fields.length >= MOST_STEPS;
  }

  function tool(sign, label, disabled, click) {
    return element("button", { class: "button icon-only", type: "button", "aria-label": label, title: label, disabled, click }, sign);
  }

  function addStep() {
    fields.push(buildField(null, fields.length));
    draw();
    fields.at(-1).focus();
  }

  function remove(at) {
    fields.splice(at, 1);
    draw();
    tell();
    fields[Math.max(0, at - 1)].focus();
  }

  function swap(at, other) {
    [fields[at], fields[other]] = [fields[other], fields[at]];
    draw();
    tell();
    fields[other].focus();
  }

  return {
    node,
    /** Shows steps that came from elsewhere: the address, or Back. */
    show(steps) {
      if (JSON.stringify(steps) === JSON.stringify(read()) && fields.length >= LEAST_STEPS) return;
      const length = Math.max(steps.length, LEAST_STEPS);
      fields = Array.from({ length }, (_, at) => buildField(steps[at] ?? null, at));
      draw();
    },
  };
}
