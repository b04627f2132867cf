/** What the page's owner sets: attributes of the script tag (data-idle → idle), or the ESM package's options. */
export interface Settings {
  readonly site?: string;
  readonly endpoint?: string;
  readonly storage?: string;
  readonly idle?: string;
  readonly manual?: string;
  readonly debug?: string;
  readonly hash?: string;
  readonly canonical?: string;
  readonly respect?: string;
  readonly exclude?: string;
}

export let settings: Settings;

export function setSettings(given: Settings): void {
  settings = given;
}
