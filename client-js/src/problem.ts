import type { components } from "./api.js";

/** RFC 9457, as the collector writes it. */
export type ProblemBody = components["schemas"]["Problem"];

/** A request that was refused, or whose answer is none of the collector's. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    /** HTTP status of the answer. */
    readonly status: number,
    /** For programs, such as `unknown_metric`. */
    readonly code: string,
    /** For people. */
    readonly detail: string,
    /** JSON pointer of the field that is wrong. */
    readonly pointer: string | undefined,
    /** When to come again, in seconds; set with 429 and 503. */
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(pointer === undefined ? `${code}: ${detail}` : `${code}: ${detail} (${pointer})`);
  }
}

/** What the answer of an error says; a proxy in between may have written it. */
export async function readProblem(response: Response): Promise<Problem> {
  const after = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(after) ? after : undefined;
  const text = await response.text();
  if ((response.headers.get("Content-Type") ?? "").startsWith("application/problem+json")) {
    const body = JSON.parse(text) as ProblemBody;
    return new Problem(response.status, body.code, body.detail, body.pointer, retryAfterSeconds);
  }
  return new Problem(response.status, "not_footfall", text.slice(0, 200), undefined, retryAfterSeconds);
}
