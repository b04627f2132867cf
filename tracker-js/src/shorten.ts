/** The first `most` characters; counts code points, so it never cuts an emoji in two. */
export function shorten(text: string, most: number): string {
  return text.length > most ? [...text].slice(0, most).join("") : text;
}
