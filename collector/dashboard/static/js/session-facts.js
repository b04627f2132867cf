// What is known of a session: its main facts, and its times behind a fold.

import { countryName } from "./country.js";
import { element } from "./element.js";
import { NOTHING, formatCount, formatDuration } from "./format.js";
import { writeMoment } from "./site-time.js";

const FACTS = [
  ["Session", ({ session_id: id }) => id],
  ["User", ({ user_id: id }) => id ?? "anonymous"],
  ["State", ({ state, end_reason: reason }) => (reason && reason !== "timeout" ? `${state} (${reason})` : state)],
  ["Duration", ({ duration_ms: ms }) => formatDuration(ms / 1000)],
  ["Page views", ({ pageviews }) => formatCount(pageviews)],
  ["Events", ({ events }) => formatCount(events)],
  ["Entry page", ({ entry_page: page }) => page],
  ["Exit page", ({ exit_page: page }) => page],
  ["Source", ({ source, channel }) => [source, channel].filter(Boolean).join(" · ")],
  ["Referrer", ({ referrer }) => referrer],
  ["Place", ({ city, region, country }) => [city, region, country && countryName(country)].filter(Boolean).join(", ")],
  ["Device", ({ device, platform, app }) => [device, app ?? platform].filter(Boolean).join(" · ")],
  ["Browser", ({ browser, browser_version: version }) => [browser, version].filter(Boolean).join(" ")],
  ["System", ({ os }) => os],
  ["Language", ({ language }) => language],
  ["IP address", () => "not stored"],
];

const TIMES = [["Begun", "start_time"], ["Last seen", "last_seen"], ["Ended", "end_time"]];

const pair = (title, text) => [element("dt", {}, title), element("dd", { title: text }, text)];

export function buildFacts(session, timeZone) {
  const times = TIMES.map(([title, field]) => [title, session[field] ? writeMoment(session[field], timeZone) : NOTHING]);
  return [
    element("dl", { class: "facts" }, FACTS.flatMap(([title, write]) => pair(title, write(session) || NOTHING))),
    element("details", { class: "times" }, element("summary", {}, "Times"), element("dl", { class: "facts" }, times.flatMap(([title, text]) => pair(title, text)))),
  ];
}
