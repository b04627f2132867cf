// The lists of records, a row each: where they are, what can be searched, and which columns they have.

import { countryName } from "./country.js";
import { element } from "./element.js";
import { NOTHING, formatCount, formatDuration } from "./format.js";
import { writeMoment } from "./site-time.js";

const orNothing = (value) => (value === null || value === "" ? NOTHING : String(value));
const country = (code) => (code === null ? NOTHING : countryName(code));
const seconds = (ms) => (ms === null ? NOTHING : formatDuration(ms / 1000));
const path = (url) => (url === null ? NOTHING : url.replace(/^https?:\/\/[^/]*/, "") || "/");

/** `site` says in which time zone moments are written, `addressOf(id)` where a session's page is. */
export function listKinds(site, addressOf) {
  const moment = (text) => (text === null ? NOTHING : writeMoment(text, site.timeZone));
  const link = (id, text) => element("a", { href: addressOf(id), title: text }, text);
  const who = { name: "user_id", title: "User", write: orNothing };
  const session = { name: "session", title: "Session", write: (id, row) => link(id, row.session_id) };
  return {
    sessions: {
      title: "Sessions", one: "session", time: "start_time",
      columns: [
        { name: "start_time", title: "Begun", write: (text, row) => link(row.id, moment(text)) },
        { name: "session_id", title: "Session", write: (text, row) => link(row.id, text) },
        who,
        { name: "state", title: "State", write: (text) => element("span", { class: `state ${text}` }, text) },
        { name: "duration_ms", title: "Duration", number: true, write: seconds },
        { name: "pageviews", title: "Views", number: true, write: formatCount },
        { name: "events", title: "Events", number: true, write: formatCount },
        { name: "entry_page", title: "Entry page", write: orNothing },
        { name: "exit_page", title: "Exit page", write: orNothing, isHidden: true },
        { name: "source", title: "Source", write: orNothing },
        { name: "country", title: "Country", write: country },
        { name: "device", title: "Device", write: orNothing },
        { name: "browser", title: "Browser", write: (text, row) => orNothing([text, row.browser_version].filter(Boolean).join(" ")) },
        { name: "os", title: "System", write: orNothing },
        { name: "end_time", title: "Ended", write: moment, isHidden: true },
        { name: "language", title: "Language", write: orNothing, isHidden: true },
      ],
    },
    pageviews: {
      title: "Page views", one: "page view", time: "timestamp",
      columns: [
        { name: "timestamp", title: "When", write: moment },
        { name: "url", title: "Page", write: path },
        { name: "title", title: "Title", write: orNothing },
        session,
        who,
      ],
    },
    interactions: {
      title: "Interactions", one: "interaction", time: "timestamp",
      columns: [
        { name: "timestamp", title: "When", write: moment },
        { name: "event_type", title: "What" },
        { name: "text", title: "On", write: (text, row) => orNothing(text ?? row.element) },
        { name: "element", title: "Element", write: orNothing, isHidden: true },
        { name: "page_url", title: "Page", write: path },
        { name: "metadata", title: "Properties", write: writeProperties },
        session,
        who,
      ],
    },
  };
}

export function writeProperties(properties) {
  return Object.entries(properties ?? {}).map(([name, value]) => `${name}: ${value}`).join(", ") || NOTHING;
}
