import { plus } from "#parts";

/** The current view's address as it is sent: without the fragment, which can hold a token. */
export function getUrl(): string {
  return plus ? plus.getUrl() : location.href.replace(/#.*/, "");
}
