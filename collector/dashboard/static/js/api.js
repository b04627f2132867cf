// The only file that talks to the server.

/** A refused or failed question; `message` is the sentence to show. */
export class Problem extends Error {}

export async function ask(body, signal) {
  let response;
  try {
    response = await fetch("/api/v1/query", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Requested-With": "footfall" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The server does not answer. Is it running, and is this machine online?");
  }
  if (response.status === 401) {
    location.assign("/login");
    // Leaving the page: nothing more to show, and no half-drawn error either.
    return new Promise(() => {});
  }
  const answer = await readJson(response);
  if (!response.ok) throw new Problem(answer?.detail ?? `The server answered with status ${response.status}.`);
  if (!Array.isArray(answer?.results)) throw new Problem("The server's answer could not be read.");
  return answer;
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
