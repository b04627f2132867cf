// The site's goals and segments: read, set and taken out.

import { change, read } from "./api.js";

const path = (site, kind, name = null) => `/api/v1/sites/${site.id}/${kind}${name === null ? "" : `/${encodeURIComponent(name)}`}`;

/** `kind` is "goals" or "segments"; each has `name` and `filters`. */
export async function readNamed(site, kind, signal) {
  return (await read(path(site, kind), signal))[kind];
}

export async function putNamed(site, kind, name, filters) {
  return (await change("PUT", path(site, kind, name), { filters }))[kind];
}

export async function deleteNamed(site, kind, name) {
  return (await change("DELETE", path(site, kind, name)))[kind];
}
