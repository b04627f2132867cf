import type { Body } from "./wire";

/**
 * The body as JSON text. JSON.stringify leaves half a surrogate pair (the page cut an emoji in two) as an
 * escape that strict decoders refuse, and one refusal would take the whole body with it.
 */
export function getBodyText(body: Body): string {
  return JSON.stringify(body).replace(/\\ud[89a-f]../gi, "\\ufffd");
}
