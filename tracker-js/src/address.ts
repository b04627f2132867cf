/** The current view's address as it is sent: without the fragment, which can hold a token. */
export function getUrl(): string {
  return location.href.split("#")[0]!;
}
