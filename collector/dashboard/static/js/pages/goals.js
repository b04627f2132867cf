// Goals with their conversions, the visits that led to one, and saved segments.

import { createChoice } from "../choice.js";
import { DIMENSIONS } from "../dimensions.js";
import { element } from "../element.js";
import { formatCount } from "../format.js";
import { startPage } from "../frame.js";
import { createGoalsPanel } from "../goals-panel.js";
import { createReportPanel } from "../report-panel.js";
import { createSegmentsPanel } from "../segments-panel.js";
import { buildReportTable } from "../table.js";

const BY = Object.fromEntries(["visit:source", "visit:channel", "visit:referrer", "visit:utm_campaign", "visit:entry_page", "visit:device", "visit:country"].map((name) => [name, DIMENSIONS[name].title]));
const CREDIT = [
  { name: "first", title: "First visit", number: true, write: formatCount, meaning: "Conversions whose first visit within 30 days was of this kind" },
  { name: "last", title: "Last visit", number: true, write: formatCount, meaning: "Conversions that happened in a visit of this kind" },
  { name: "linear", title: "Shared", number: true, write: (value) => value.toFixed(1), meaning: "Each conversion shared out over the visits before it" },
];

const OWN = {
  read: (params) => ({ goal: params.get("goal") ?? "", by: Object.hasOwn(BY, params.get("by")) ? params.get("by") : "visit:source" }),
  write({ goal, by }, params) {
    if (goal) params.set("goal", goal);
    if (by !== "visit:source") params.set("by", by);
  },
};

startPage({ own: OWN, isBare: true }, ({ site, state, place, filterBy, refresh }) => {
  const goal = element("select", { change: () => state.change({ goal: goal.value }) });
  const by = createChoice("by", BY, (value) => state.change({ by: value }));
  let chosen = "";
  const attribution = createReportPanel(site, {
    name: "attribution", report: "attribution", title: "What led to it", wide: true,
    controls: [element("label", { class: "choice-field" }, element("span", {}, "Goal"), goal), by.node],
    fields: (now) => (chosen ? { conversion: ["is", "event:goal", [chosen]], dimension: now.by } : null),
    draw(content, { results }, now) {
      if (!results.length) return false;
      const { title, write } = DIMENSIONS[now.by];
      content.replaceChildren(buildReportTable({ caption: `${chosen} by ${title}`, columns: [{ name: "label", title, write }, ...CREDIT], rows: results }));
      return true;
    },
    unasked: "With a goal this shows which visits led to it: the first, the last, or all of them in equal parts.",
    empty: "The goal was not reached in this period.",
  });
  const goals = createGoalsPanel(site, { getState: state.get, onGoals: offer, onFilter: filterBy });
  const segments = createSegmentsPanel(site, { getState: state.get, onFilter: filterBy });
  place.replaceChildren(element("div", { class: "panels" }, goals.node, attribution.node, segments.node));

  function offer(all) {
    const names = all.map(({ name }) => name);
    goal.replaceChildren(...names.map((name) => element("option", { value: name }, name)));
    choose(names);
  }

  // The address may name a goal that is gone; then the first one is shown.
  function choose(names = [...goal.options].map(({ value }) => value)) {
    const wanted = state.get().goal;
    const next = names.includes(wanted) ? wanted : (names[0] ?? "");
    goal.value = next;
    if (next === chosen) return;
    chosen = next;
    refresh([attribution]);
  }

  return {
    views: [goals, segments, attribution],
    show: (now) => by.mark(now.by),
    changed(now, before) {
      choose();
      return now.by === before.by ? [] : [attribution];
    },
  };
});
