import { guard } from "./guard";

// 65,536 bytes may be under way in all keepalive fetches and beacons of a page together; a character takes
// up to 3 bytes.
const KEEPALIVE_LENGTH = 20_000;

export type Answered = (status: number, retryAfter: string | null) => void;

/**
 * Posts a body and tells the answer; status 0 is a network error. Always text/plain: JSON would need a
 * preflight, and a preflight cannot be made by a page that is being left.
 */
export function post(url: string, body: string, answered: Answered): void {
  const tell = guard(answered);
  if ("fetch" in window) {
    fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": "text/plain;charset=UTF-8" },
      credentials: "omit",
      mode: "cors",
      keepalive: body.length < KEEPALIVE_LENGTH,
    }).then(
      (response) => tell(response.status, response.headers.get("Retry-After")),
      () => tell(0, null),
    );
    return;
  }
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.setRequestHeader("Content-Type", "text/plain;charset=UTF-8");
  request.onloadend = () => tell(request.status, request.getResponseHeader("Retry-After"));
  request.send(body);
}

/**
 * Hands a body to the browser to send even if the page dies now. False: refused, the quota is full. True says
 * little: sendBeacon answers so when it is offline or blocked too, so it never confirms anything.
 */
export function postBeacon(url: string, body: string): boolean {
  if (navigator.sendBeacon) return navigator.sendBeacon(url, body);
  post(url, body, () => {});
  return true;
}
