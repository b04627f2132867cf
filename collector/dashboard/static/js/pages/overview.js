// The overview: tiles, the chart, and what visitors came from, saw and did.

import { createBreakdown } from "../breakdown.js";
import { createDetails } from "../details.js";
import { startPage } from "../frame.js";
import { OVERVIEW_STATE } from "../overview-state.js";
import { PANELS } from "../panels.js";
import { createTiles } from "../tiles.js";
import { createTimeSeries } from "../time-series.js";

const part = (name) => document.querySelector(`[data-panel="${name}"]`);

startPage({ own: OVERVIEW_STATE }, ({ site, state, filterBy }) => {
  const tiles = createTiles(part("overview"), site, (metric) => state.change({ metric }));
  const series = createTimeSeries(part("timeseries"), site, (from, to) => state.change({ period: "custom", from, to }));
  const details = createDetails(document.getElementById("details"), site, { getState: state.get, visitors: tiles.visitors, onFilter: filterBy });
  const breakdowns = PANELS.map((panel) =>
    createBreakdown(panel, site, {
      visitors: tiles.visitors,
      onTab: (of, tab) => state.change({ tabs: { ...state.get().tabs, [of]: tab } }),
      onFilter: filterBy,
      onAll: details.open,
    }),
  );
  document.getElementById("panels").replaceChildren(...breakdowns.map(({ node }) => node));

  return {
    // The tiles come first: the breakdowns' shares wait for their visitors.
    views: [tiles, series, ...breakdowns],
    beatSeconds: 15,
    show: ({ metric }) => tiles.mark(metric),
    redraw: series.redraw,
    changed(now, before) {
      const changed = breakdowns.filter((_, at) => now.tabs[PANELS[at].name] !== before.tabs[PANELS[at].name]);
      return now.metric === before.metric ? changed : [...changed, series];
    },
  };
});
