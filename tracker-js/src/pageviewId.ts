/** A random pageview id: 16 bytes as base64url, 22 characters. */
export function getPageviewId(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .slice(0, 22);
}
