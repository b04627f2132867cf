// The only file that talks to the server.

import { at } from "./address.js";

/** A refused or failed request; `message` is the sentence to show, `code` the server's word for it. */
export class Problem extends Error {
  constructor(message, code = null) {
    super(message);
    this.code = code;
  }
}

async function send(path, { method = "GET", body, signal, accept = "application/json" } = {}) {
  let response;
  try {
    response = await fetch(at(path), {
      method,
      credentials: "same-origin",
      headers: { Accept: accept, "X-Requested-With": "footfall", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The server does not answer. Is it running, and is this machine online?");
  }
  if (response.status === 401) {
    location.assign(at("/login"));
    // Leaving the page: nothing more to show, and no half-drawn error either.
    return new Promise(() => {});
  }
  if (response.ok) return response;
  const answer = await readJson(response);
  throw new Problem(answer?.detail ?? `The server answered with status ${response.status}.`, answer?.code);
}

async function readJson(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    // A proxy's HTML error page, for one.
    return null;
  }
}

async function readObject(path, options) {
  const answer = await readJson(await send(path, options));
  if (answer === null || typeof answer !== "object") throw new Problem("The server's answer could not be read.");
  return answer;
}

async function readRows(path, options) {
  const answer = await readObject(path, options);
  if (!Array.isArray(answer.results)) throw new Problem("The server's answer could not be read.");
  return answer;
}

export const QUERY = "/api/v1/query";
export const reportPath = (name) => `/api/v1/reports/${name}`;

/** A question's answer: `results`, `meta`. */
export const ask = (body, signal) => readRows(QUERY, { method: "POST", body, signal });

/** A report's answer: `columns`, `results`, `meta`. */
export const askReport = (name, body, signal) => readRows(reportPath(name), { method: "POST", body, signal });

/** A page of records: `count`, `next`, `results`. */
export const list = (kind, params, signal) => readRows(`/api/v1/${kind}?${new URLSearchParams(params)}`, { signal });

export const read = (path, signal) => readObject(path, { signal });

export const change = (method, path, body) => readObject(path, { method, body });

/** The rows of a question or a report as a CSV file. */
export const fetchCsv = async (path, body) => (await send(path, { method: "POST", body, accept: "text/csv" })).blob();
