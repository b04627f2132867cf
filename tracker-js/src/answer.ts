const RETRY_FROM_MS = 1_000;
const RETRY_UP_TO_MS = 300_000;
const RETRY_AFTER_UP_TO_MS = 3_600_000;

export type Verdict = "confirmed" | "retry" | "halve" | "refused";

/** What an HTTP status means for the events of a body; 0 is a network error. */
export function getVerdict(status: number): Verdict {
  if (status >= 200 && status < 300) return "confirmed";
  if (status === 413) return "halve";
  return status === 0 || status === 408 || status === 429 || status >= 500 ? "retry" : "refused";
}

/**
 * Ms to wait after the `failures`-th failure in a row (from 1): doubling from 1 s to 5 min, half of it by
 * chance, so that pages which failed together do not come back together. A Retry-After (seconds or a date)
 * can make it longer.
 */
export function getRetryDelay(failures: number, random: number, retryAfter: string | null, now: number): number {
  const half = Math.min(RETRY_FROM_MS * 2 ** (failures - 1), RETRY_UP_TO_MS / 2);
  const asked = retryAfter ? Number(retryAfter) * 1_000 || Date.parse(retryAfter) - now || 0 : 0;
  return Math.max(half * (1 + random), Math.min(asked, RETRY_AFTER_UP_TO_MS));
}
