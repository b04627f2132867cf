// Where visits go from a page or an event, or where they came from.

import { createChoice } from "../choice.js";
import { element } from "../element.js";
import { startPage } from "../frame.js";
import { drawFlow } from "../flow-chart.js";
import { DIRECTIONS, JOURNEYS_STATE, STEPS } from "../journeys-state.js";
import { createReportPanel } from "../report-panel.js";
import { createStepField, stepFilter } from "../step-field.js";

startPage({ own: JOURNEYS_STATE }, ({ site, state, place }) => {
  const start = createStepField(site, state.get, { label: "From", placeholder: "anywhere", onChange: () => state.change({ start: start.read() }) });
  const direction = createChoice("Show", DIRECTIONS, (value) => state.change({ direction: value }));
  const steps = createChoice("How far", STEPS, (value) => state.change({ steps: value }));
  const flow = createReportPanel(site, {
    name: "journeys", report: "journeys", title: "Journeys", wide: true,
    note: "A visit stops at pages and at the site's own events; the same stop several times in a row is one.",
    fields: (now) => ({ steps: Number(now.steps), direction: now.direction, links: 200, ...(now.start ? { start: stepFilter(now.start) } : {}) }),
    draw: (content, answer, now) => drawFlow(content, answer, now.direction),
    empty: "No visit came by there in this period. Choose another start or a longer period.",
  });
  place.replaceChildren(
    element("div", { class: "panel choices-panel" }, element("div", { class: "choices" },
      element("div", { class: "choice-field" }, element("span", {}, "From"), start.node), direction.node, steps.node)),
    element("div", { class: "panels" }, flow.node));
  return {
    views: [flow],
    show(now) {
      start.write(now.start);
      direction.mark(now.direction);
      steps.mark(now.steps);
    },
  };
});
