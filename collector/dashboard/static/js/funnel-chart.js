// A funnel drawn: a bar a step, who was lost on the way, how long it took; and the same by groups.

import { element } from "./element.js";
import { formatCount, formatDuration, formatPercent } from "./format.js";
import { describeStep } from "./step-field.js";
import { buildReportTable } from "./table.js";

/** The report's rows without dimension, beside the steps that were asked. */
export function drawFunnel(content, { results }, { steps, order }) {
  if (!results.length || results[0].visitors === 0) return false;
  const rows = results.map((row, at) => buildStep(row, results[at - 1], stepName(steps, order, row.step)));
  content.replaceChildren(element("ol", { class: "funnel", "aria-label": "Steps of the funnel" }, rows));
  return true;
}

// In any order the steps have no place: the bars then say how many of them were done.
function stepName(steps, order, step) {
  if (order === "any") return step === 1 ? "One of the steps" : `${step} of the steps`;
  return describeStep(steps[step - 1]);
}

function buildStep(row, before, name) {
  const bar = element("span", { class: "funnel-bar", "aria-hidden": "true" });
  bar.style.width = `${Math.max(row.conversion_rate ?? 0, 0.4)}%`;
  const lost = before ? before.visitors - row.visitors : 0;
  return element("li", { "data-step": row.step, "data-visitors": row.visitors },
    element("p", { class: "funnel-name", title: name }, element("strong", {}, name)),
    element("div", { class: "funnel-track" }, bar, element("span", { class: "funnel-value" }, `${formatCount(row.visitors)} `, element("span", {}, formatPercent(row.conversion_rate)))),
    before
      ? element("p", { class: "funnel-facts" },
          `${formatPercent(row.step_rate)} came on`, element("span", {}, `${formatCount(lost)} lost`),
          row.median_seconds === null ? null : element("span", { title: "The middle of the visitors' quickest ways from the first step" }, `${formatDuration(row.median_seconds)} since the first step`))
      : element("p", { class: "funnel-facts" }, "began"));
}

/** The report's rows with a dimension: a row a group, a column a step. */
export function drawGroups(content, { results }, { steps, order }, write) {
  const groups = new Map();
  for (const row of results) groups.set(row.label, [...(groups.get(row.label) ?? []), row]);
  const rows = [...groups].map(([label, of]) => Object.fromEntries([["label", label], ...of.map((row) => [`step${row.step}`, row])]));
  rows.sort((a, b) => b.step1.visitors - a.step1.visitors);
  if (!rows.length) return false;
  const columns = [
    { name: "label", title: "Group", write },
    ...steps.map((_, at) => ({
      name: `step${at + 1}`,
      title: `${at + 1}. ${stepName(steps, order, at + 1)}`,
      number: true,
      write: (row) => (row ? buildValue(row, at) : "–"),
    })),
  ];
  content.replaceChildren(buildReportTable({ caption: "Funnel by group", columns, rows, className: "wide-table" }));
  return true;
}

function buildValue({ visitors, conversion_rate: rate }, at) {
  return element("span", { "data-visitors": visitors }, `${formatCount(visitors)} `, at ? element("span", { class: "quiet" }, formatPercent(rate)) : null);
}
