// Single sessions, page views and interactions, the newest first.

import { createChoice } from "../choice.js";
import { createColumnChooser } from "../column-chooser.js";
import { DIMENSIONS, operatorsOf } from "../dimensions.js";
import { element } from "../element.js";
import { startPage } from "../frame.js";
import { writePeriod, writeSessionFilters } from "../record-filters.js";
import { listKinds } from "../record-kinds.js";
import { createRecordList } from "../record-list.js";
import { createSessionPicker } from "../session-picker.js";
import { createTabs } from "../tabs.js";

const NAMES = ["sessions", "pageviews", "interactions"];
const STATES = { "": "any", active: "active", idle: "idle", ended: "ended" };

const OWN = {
  read: (params) => ({
    list: NAMES.includes(params.get("list")) ? params.get("list") : "sessions",
    search: params.get("search") ?? "",
    session: params.get("session") ?? "",
    state: Object.hasOwn(STATES, params.get("state")) ? params.get("state") : "",
  }),
  write({ list, search, session, state }, params) {
    if (list !== "sessions") params.set("list", list);
    if (search) params.set("search", search);
    if (session) params.set("session", session);
    if (state) params.set("state", state);
  },
};

const describe = ([operator, dimension, [value]]) => `${DIMENSIONS[dimension].title} ${operatorsOf(dimension)[operator]} ${value}`;

startPage({ own: OWN }, ({ site, state, place, addressOf }) => {
  const kinds = listKinds(site, (id) => addressOf(`sessions/${encodeURIComponent(id)}`));
  const tabs = createTabs({ name: "records", title: "Records", tabs: NAMES.map((name) => ({ name, title: kinds[name].title })) }, "records-rows", ({ name }) => state.change({ list: name }));
  const search = element("input", { type: "search", placeholder: "Search", "aria-label": "Search the list", maxlength: 200 });
  const form = element("form", { role: "search", submit: onSearch }, search, element("button", { class: "button", type: "submit" }, "Search"));
  const picker = createSessionPicker(site, (session) => state.change({ session }));
  const states = createChoice("State", STATES, (value) => state.change({ state: value }));
  const chooser = createColumnChooser(() => records.draw());
  const hint = element("p", { class: "notice soft", role: "status", hidden: true });
  const records = createRecordList(site, {
    question: ask,
    empty: "None in this period. Sessions come with the first event of a visitor; look at a longer period, or take a filter or the search away.",
  });

  function onSearch(event) {
    event.preventDefault();
    state.change({ search: search.value.trim() });
  }
  // The cross of a search field clears it without sending the form.
  search.addEventListener("search", () => search.value === "" && state.get().search && state.change({ search: "" }));

  function ask(now) {
    const { title, time } = kinds[now.list];
    const { params, left } = now.list === "sessions" ? writeSessionFilters(now.filters) : { params: [], left: now.filters };
    hint.hidden = left.length === 0;
    hint.textContent = `This list cannot be filtered by: ${left.map(describe).join(", ")}. What is shown is of everybody.`;
    return {
      kind: now.list,
      title,
      columns: chooser.shown,
      params: [
        ...writePeriod(now, site.timeZone, time),
        ...params,
        ...(now.state && now.list === "sessions" ? [["state", now.state]] : []),
        ...(now.search ? [["search", now.search]] : []),
        ...(now.session ? [[now.list === "sessions" ? "session_id" : "session", now.session]] : []),
      ],
    };
  }

  place.replaceChildren(
    element("div", { class: "panel choices-panel records-tools" }, tabs.node, element("div", { class: "choices" }, form, picker.node, states.node, chooser.node)),
    hint,
    records.node,
  );

  return {
    views: [records],
    show(now) {
      tabs.mark(tabs.of(now.list));
      chooser.show(now.list, kinds[now.list].columns);
      picker.write(now.session);
      states.mark(now.state);
      states.node.hidden = now.list !== "sessions";
      search.value = now.search;
    },
  };
});
