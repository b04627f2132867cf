/** A text without what may be personal: e-mail addresses and digits become `#`; spaces are collapsed. */
export function maskText(text: string): string {
  return text
    .replace(/[^\s@<>]+@[^\s@<>]+/g, "#")
    .replace(/\p{Nd}+/gu, "#")
    .replace(/\s+/g, " ")
    .trim();
}
