let isLoud = false;

/** Lets `warn` speak. Only `data-debug` asks for that. */
export function allowWarnings(): void {
  isLoud = true;
}

/** One sentence for a developer; silent on a page that did not ask for it. */
export function warn(sentence: string, ...details: unknown[]): void {
  if (isLoud) console.warn("Footfall: " + sentence, ...details);
}
