// What the overview adds to the address: the chart's metric and the panels' tabs.

import { OVERVIEW } from "./metrics.js";

export const OVERVIEW_STATE = {
  read(params) {
    const tabs = {};
    for (const [name, value] of params) if (name.startsWith("tab.")) tabs[name.slice(4)] = value;
    const metric = params.get("metric");
    return { metric: OVERVIEW.includes(metric) ? metric : "visitors", tabs };
  },
  write({ metric, tabs }, params) {
    if (metric !== "visitors") params.set("metric", metric);
    for (const [panel, tab] of Object.entries(tabs)) params.set(`tab.${panel}`, tab);
  },
};
