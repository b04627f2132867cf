import { guard } from "./guard";
import { settings } from "./settings";

// 65,536 bytes may be under way in all keepalive fetches and beacons of a page together; a character takes up to 3.
export const KEEPALIVE_LENGTH = 20_000;

/** What came back: status 0 when nothing did. */
type Answer = { readonly status: number; readonly headers?: Headers };

/**
 * Posts a body and hears the answer. Text becomes text/plain: JSON would need a preflight, and a page that is being
 * left cannot make one. Every browser that reads this script has fetch, but a page can take it away.
 */
export function post(body: string, hear: (answer: Answer) => void): void {
  const onAnswer = guard(hear);
  if (window.fetch as unknown) {
    fetch(settings.endpoint!, { method: "POST", body, keepalive: body.length < KEEPALIVE_LENGTH }).then(onAnswer, () =>
      onAnswer({ status: 0 }),
    );
  } else {
    const request = new XMLHttpRequest();
    request.onloadend = () => onAnswer(request);
    request.open("POST", settings.endpoint!);
    request.send(body);
  }
}
