// Who comes back, by the day, week or month in which they first came.

import { createChoice } from "../choice.js";
import { element } from "../element.js";
import { startPage } from "../frame.js";
import { createReportPanel } from "../report-panel.js";
import { drawRetention } from "../retention-table.js";
import { readFilter, writeFilter } from "../state.js";
import { createStepField, isStep, stepFilter } from "../step-field.js";

const COHORTS = { day: "Day", week: "Week", month: "Month" };
const OF = { visitor: "Visitors", user: "Users (the site's own ids)" };

const readStep = (text) => {
  const filter = text ? readFilter(text) : null;
  return isStep(filter) ? filter : null;
};

const OWN = {
  read: (params) => ({
    cohort: Object.hasOwn(COHORTS, params.get("cohort")) ? params.get("cohort") : "week",
    of: params.get("of") === "user" ? "user" : "visitor",
    start: readStep(params.get("start")),
    back: readStep(params.get("back")),
  }),
  write({ cohort, of, start, back }, params) {
    if (cohort !== "week") params.set("cohort", cohort);
    if (of !== "visitor") params.set("of", of);
    if (start) params.set("start", writeFilter(start));
    if (back) params.set("back", writeFilter(back));
  },
};

startPage({ own: OWN }, ({ site, state, place }) => {
  const cohort = createChoice("By", COHORTS, (value) => state.change({ cohort: value }));
  const of = createChoice("Of", OF, (value) => state.change({ of: value }));
  const start = createStepField(site, state.get, { label: "First did", placeholder: "anything", onChange: () => state.change({ start: start.read() }) });
  const back = createStepField(site, state.get, { label: "Came back and did", placeholder: "anything", onChange: () => state.change({ back: back.read() }) });
  const labelled = (text, field) => element("div", { class: "choice-field" }, element("span", {}, text), field.node);
  const form = element("div", { class: "panel choices-panel" }, element("div", { class: "choices" }, cohort.node, of.node, labelled("Who first did", start), labelled("and came back to do", back)));
  const table = createReportPanel(site, {
    name: "retention", report: "retention", title: "Who comes back", wide: true,
    note: "Without consent a visitor is somebody else every day, so that days and weeks then tell only of visits of the same day. Users, and visitors with an id of their own, are known for longer.",
    fields: ({ cohort: period, of: whom, start: first, back: then }) => ({ period, of: whom, ...(first ? { start: stepFilter(first) } : {}), ...(then ? { return: stepFilter(then) } : {}) }),
    draw: (content, answer, now) => drawRetention(content, answer, now, site.timeZone),
    empty: "Nobody in this period. Users are known only where the site calls identify().",
  });
  place.replaceChildren(form, element("div", { class: "panels" }, table.node));

  return {
    views: [table],
    show(now) {
      cohort.mark(now.cohort);
      of.mark(now.of);
      start.write(now.start);
      back.write(now.back);
    },
  };
});
