// The site's goals with their conversions in the period, and the form for one more.

import { QUERY, ask } from "./api.js";
import { createCsvButton } from "./csv-button.js";
import { element } from "./element.js";
import { NOTHING, formatCount, formatPercent } from "./format.js";
import { createNameForm } from "./name-form.js";
import { readNamed } from "./named-filters.js";
import { buildNamedTable } from "./named-list.js";
import { createPanel } from "./panel.js";
import { loadPanel } from "./panel-state.js";
import { goalsQuery } from "./query.js";
import { createStepField, stepFilters } from "./step-field.js";

const EMPTY = "No goals yet. A goal is something that you want to happen: an event such as signup, or a page such as /thank-you.";
const money = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `onGoals(goals)` is called with the site's goals whenever they are known anew. */
export function createGoalsPanel(site, { getState, onGoals, onFilter }) {
  let asked = {};
  let goals = [];
  let rows = new Map();
  const csv = createCsvButton(`${site.id}-goals`, () => [QUERY, asked]);
  const { node, content } = createPanel("goals", "Goals", { wide: true, controls: [csv] });
  if (site.rights.includes("change")) {
    const step = createStepField(site, getState, { label: "What happens", placeholder: "Which one?", onChange: () => {} });
    const form = createNameForm(site, "goals", {
      fields: [step.node],
      filters: () => (step.read() ? stepFilters(step.read()) : null),
      placeholder: "Name of the goal",
      onSaved(all) {
        step.write(null);
        change(all);
      },
    });
    node.append(element("div", { class: "rows form-place" }, form.node));
  }

  function draw() {
    csv.hidden = goals.length === 0;
    if (!goals.length) return false;
    content.replaceChildren(buildNamedTable(site, "goals", goals, {
      caption: "Goals and their conversions",
      heads: ["Visitors", "Events", "Conversion", "Revenue"],
      facts: buildFacts,
      onUse: (name) => onFilter("event:goal", name),
      onGone: change,
    }));
    return true;
  }

  function buildFacts(name) {
    const [visitors, events, rate, revenue] = rows.get(name) ?? [0, 0, 0, null];
    const texts = [formatCount(visitors), formatCount(events), formatPercent(rate), revenue ? `${money.format(revenue.value)} ${revenue.currency}` : NOTHING];
    return texts.map((text, at) => element("td", { class: "number", "data-column": ["visitors", "events", "conversion_rate", "total_revenue"][at] }, text));
  }

  // The numbers of a new goal come with the next load; the server knows it within seconds in every process.
  function change(all) {
    goals = all;
    onGoals(goals);
    if (draw() === false) content.replaceChildren(element("p", { class: "empty" }, EMPTY));
    else node.dataset.state = "ready";
  }

  async function question(state, signal) {
    asked = goalsQuery(site, state);
    goals = await readNamed(site, "goals", signal);
    onGoals(goals);
    return goals.length ? ask(asked, signal) : { results: [] };
  }

  return {
    node,
    load: ({ state, signal }) => loadPanel(node, content, () => question(state, signal), ({ results }) => {
      rows = new Map(results.map(({ dimensions: [name], metrics }) => [name, metrics]));
      return draw();
    }, EMPTY),
  };
}
