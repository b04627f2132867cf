// How many come through some steps.

import { createChoice } from "../choice.js";
import { DIMENSIONS } from "../dimensions.js";
import { element } from "../element.js";
import { startPage } from "../frame.js";
import { drawFunnel, drawGroups } from "../funnel-chart.js";
import { LEAST_STEPS, MOST_STEPS, createFunnelSteps } from "../funnel-steps.js";
import { createReportPanel } from "../report-panel.js";
import { readFilter, writeFilter } from "../state.js";
import { isStep, stepFilter } from "../step-field.js";

const ORDERS = { ordered: "In this order", strict: "In this order, nothing between", any: "In any order" };
const WINDOWS = { 1800: "30 minutes", 3600: "1 hour", 86400: "1 day", 604800: "7 days", 2592000: "30 days", 7776000: "90 days" };
const GROUPS = ["visit:device", "visit:source", "visit:channel", "visit:utm_campaign", "visit:country", "visit:browser", "visit:os", "visit:entry_page"];
const WEEK = "604800";

const known = (table, value, otherwise) => (Object.hasOwn(table, value) ? value : otherwise);

const OWN = {
  read: (params) => ({
    steps: params.getAll("step").map(readFilter).filter(isStep).slice(0, MOST_STEPS),
    order: known(ORDERS, params.get("order"), "ordered"),
    window: known(WINDOWS, params.get("window"), WEEK),
    by: GROUPS.includes(params.get("by")) ? params.get("by") : "",
  }),
  write({ steps, order, window, by }, params) {
    for (const step of steps) params.append("step", writeFilter(step));
    if (order !== "ordered") params.set("order", order);
    if (window !== WEEK) params.set("window", window);
    if (by) params.set("by", by);
  },
};

function fields({ steps, order, window }) {
  if (steps.length < LEAST_STEPS) return null;
  return { steps: steps.map(stepFilter), order, window_seconds: Number(window) };
}

startPage({ own: OWN }, ({ site, state, place }) => {
  const steps = createFunnelSteps(site, state.get, (next) => state.change({ steps: next }));
  const order = createChoice("Order", ORDERS, (value) => state.change({ order: value }));
  const window = createChoice("Within", WINDOWS, (value) => state.change({ window: value }));
  const by = createChoice("Break down by", { "": "nothing", ...Object.fromEntries(GROUPS.map((name) => [name, DIMENSIONS[name].title])) }, (value) => state.change({ by: value }));
  const form = element("section", { class: "panel funnel-form", "aria-labelledby": "steps-title" },
    element("div", { class: "panel-head" }, element("h2", { id: "steps-title" }, "Steps")),
    element("div", { class: "rows" }, steps.node, element("div", { class: "choices" }, order.node, window.node, by.node)));
  const whole = createReportPanel(site, {
    name: "funnel", report: "funnel", title: "Funnel", fields, draw: drawFunnel,
    unasked: "Choose two steps or more: pages, events or goals. The funnel shows how many visitors come from each to the next.",
    empty: "Nobody did the first step in this period. A longer period or another first step may show more.",
  });
  const groups = createReportPanel(site, {
    name: "funnel-groups", report: "funnel", title: "By group", wide: true,
    fields: (now) => (now.by && fields(now) ? { ...fields(now), dimension: now.by } : null),
    draw: (content, answer, now) => drawGroups(content, answer, now, DIMENSIONS[now.by].write),
    empty: "Nobody did the first step in this period.",
  });
  place.replaceChildren(element("div", { class: "panels funnel-page" }, form, whole.node, groups.node));

  return {
    views: [whole, groups],
    show(now) {
      steps.show(now.steps);
      order.mark(now.order);
      window.mark(now.window);
      by.mark(now.by);
      groups.node.hidden = !now.by || now.steps.length < LEAST_STEPS;
    },
    changed: (now, before) => (["steps", "order", "window"].every((key) => JSON.stringify(now[key]) === JSON.stringify(before[key])) ? [groups] : [whole, groups]),
  };
});
