// Puts the parts together: state in the address → what has to be loaded again → panels.

import { createBreakdown } from "./breakdown.js";
import { createDetails } from "./details.js";
import { startFilterForm } from "./filter-form.js";
import { addFilter, createChips } from "./filters.js";
import { createLive } from "./live.js";
import { startMenus } from "./menu.js";
import { PANELS } from "./panels.js";
import { createPeriodPicker } from "./period-picker.js";
import { includesToday } from "./periods.js";
import { createRefresher } from "./refresher.js";
import { every, whenLookedAt } from "./rhythm.js";
import { nowIn } from "./site-time.js";
import { createState } from "./state.js";
import { startThemeSwitch } from "./theme-switch.js";
import { createTiles } from "./tiles.js";
import { createTimeSeries } from "./time-series.js";
import { createWelcome } from "./welcome.js";

const get = (id) => document.getElementById(id);
const part = (name) => document.querySelector(`[data-panel="${name}"]`);
const { site: id, siteName: name, timeZone } = document.body.dataset;
const site = Object.freeze({ id, name, timeZone });

const state = createState(onChange);
const addToFilters = (filter) => state.change({ filters: addFilter(state.get().filters, filter) });
const filterBy = (dimension, label) => addToFilters(["is", dimension, [label]]);

const tiles = createTiles(part("overview"), site, (metric) => state.change({ metric }));
const series = createTimeSeries(part("timeseries"), site, (from, to) => state.change({ period: "custom", from, to }));
const details = createDetails(get("details"), site, { getState: state.get, visitors: tiles.visitors, onFilter: filterBy });
const breakdowns = PANELS.map((panel) =>
  createBreakdown(panel, site, {
    visitors: tiles.visitors,
    onTab: (of, tab) => state.change({ tabs: { ...state.get().tabs, [of]: tab } }),
    onFilter: filterBy,
    onAll: details.open,
  }),
);
get("panels").replaceChildren(...breakdowns.map(({ node }) => node));
const welcome = createWelcome(get("welcome"), get("report"), site);

const showPeriod = createPeriodPicker(get("period-menu"), get("period-title"), get("period-body"), site, state.change);
const showChips = createChips(get("filters"), (gone) => state.change({ filters: state.get().filters.filter((each) => !gone.includes(each)) }));
const updateLive = createLive(get("live"), site, state.get);
const refresh = createRefresher((signal) => ({ state: state.get(), signal }));

// The tiles come first: the breakdowns' shares wait for their visitors.
const everything = [tiles, series, ...breakdowns, welcome];

function refreshAll() {
  get("updated").textContent = `Updated at ${nowIn(site.timeZone).slice(11)}`;
  refresh(everything);
}

function showControls() {
  const { metric, filters } = state.get();
  tiles.mark(metric);
  showChips(filters);
  showPeriod(state.get());
}

function onChange(now, before) {
  showControls();
  const isSame = (key) => JSON.stringify(now[key]) === JSON.stringify(before[key]);
  if (!["period", "from", "to", "filters"].every(isSame)) {
    updateLive();
    refreshAll();
    return;
  }
  const changed = breakdowns.filter((_, at) => now.tabs[PANELS[at].name] !== before.tabs[PANELS[at].name]);
  if (!isSame("metric")) changed.push(series);
  if (changed.length) refresh(changed);
}

startMenus([...document.querySelectorAll("details.menu")]);
startFilterForm(get("filter-menu"), get("filter-form"), site, { getState: state.get, onAdd: addToFilters });
startThemeSwitch(get("theme"), series.redraw);
get("refresh").addEventListener("click", () => {
  updateLive();
  refreshAll();
});

showControls();
updateLive();
refreshAll();

// A beat never interrupts a load: on a slow server nothing would ever arrive.
const isIdle = () => document.documentElement.dataset.state === "ready";
every(5, () => {
  updateLive();
  if (welcome.isWaiting() && isIdle()) refreshAll();
});
every(15, () => includesToday(state.get(), site.timeZone) && isIdle() && refreshAll());
whenLookedAt(() => {
  updateLive();
  refreshAll();
});
