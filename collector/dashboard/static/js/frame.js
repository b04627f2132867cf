// What all pages of a site share: period, filters, menus, tabs, the live count, and when things load again.

import { at } from "./address.js";
import { startFilterForm } from "./filter-form.js";
import { addFilter, createChips } from "./filters.js";
import { createLive } from "./live.js";
import { startMenus } from "./menu.js";
import { createPeriodPicker } from "./period-picker.js";
import { includesToday } from "./periods.js";
import { createRefresher } from "./refresher.js";
import { every, whenLookedAt } from "./rhythm.js";
import { nowIn } from "./site-time.js";
import { NOTHING_OWN, createState, sharedSearch } from "./state.js";
import { startThemeSwitch } from "./theme-switch.js";
import { createWelcome } from "./welcome.js";

const get = (id) => document.getElementById(id);
const { site: id, siteName: name, timeZone, rights } = document.body.dataset;
const SHARED = ["period", "from", "to", "filters"];

/**
 * Starts a page. `own` is its part of the address; `build(frame)` draws it into `frame.place` and gives
 * `{ views, changed(now, before), show(state), redraw(), beatSeconds }`: the parts to load, first to last; those that a
 * change of the page's own state concerns; what to do at once at any change; what to draw again in another theme.
 * With `isBare` it is no matter whether the site has any event yet; `without` are ids of controls that mean nothing here.
 */
export function startPage({ own = NOTHING_OWN, isBare = false, without = [] }, build) {
  const site = Object.freeze({ id, name, timeZone, rights: rights.split(" ") });
  const state = createState(own, onChange);
  for (const control of without) get(control).hidden = true;
  const isOfNow = without.includes("period-menu");
  const addToFilters = (filter) => state.change({ filters: addFilter(state.get().filters, filter) });
  const page = build({
    site,
    state,
    place: get("report"),
    addFilter: addToFilters,
    filterBy: (dimension, label) => addToFilters(["is", dimension, [label]]),
    refresh: (views) => refresh(views),
    addressOf: (path) => at(`/sites/${site.id}/${path}${sharedSearch(state.get())}`),
  });
  const welcome = isBare ? null : createWelcome(get("welcome"), get("report"), site);
  const views = [...page.views, ...(welcome ? [welcome] : [])];

  const showPeriod = createPeriodPicker(get("period-menu"), get("period-title"), get("period-body"), site, state.change);
  const showChips = createChips(get("filters"), (gone) => state.change({ filters: state.get().filters.filter((each) => !gone.includes(each)) }));
  const updateLive = createLive(get("live"), site, state.get);
  const refresh = createRefresher((signal) => ({ state: state.get(), signal }));

  function refreshAll() {
    get("updated").textContent = `Updated at ${nowIn(site.timeZone).slice(11)}`;
    updateLive();
    refresh(views);
  }

  function showControls() {
    showChips(state.get().filters);
    showPeriod(state.get());
    // The other pages are about the same days and the same people.
    for (const link of get("pages").querySelectorAll("a")) link.search = sharedSearch(state.get());
    page.show?.(state.get());
  }

  function onChange(now, before) {
    showControls();
    if (SHARED.some((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]))) {
      refreshAll();
      return;
    }
    const changed = page.changed ? page.changed(now, before) : page.views;
    if (changed.length) refresh(changed);
  }

  startMenus([...document.querySelectorAll("details.menu")]);
  startFilterForm(get("filter-menu"), get("filter-form"), site, { getState: state.get, onAdd: addToFilters });
  startThemeSwitch(get("theme"), () => page.redraw?.());
  get("refresh").addEventListener("click", refreshAll);
  get("pages").querySelector("[aria-current]").scrollIntoView({ block: "nearest", inline: "center" });

  showControls();
  refreshAll();

  // A beat never interrupts a load: on a slow server nothing would ever arrive.
  const isIdle = () => document.documentElement.dataset.state === "ready";
  every(5, () => {
    updateLive();
    if (welcome?.isWaiting() && isIdle()) refreshAll();
  });
  if (page.beatSeconds) {
    every(page.beatSeconds, () => (isOfNow || includesToday(state.get(), site.timeZone)) && isIdle() && refreshAll());
    whenLookedAt(refreshAll);
  }
}
