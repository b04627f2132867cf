import { openJournal } from "./adopt";
import { setDatabase, within } from "./journal";
import { getRandomId } from "./randomId";
import { settings } from "./settings";
import { page } from "./view";
import type { Head } from "./wire";

const KEY = "footfall";
const OPTED_OUT = "-";

type Signals = { readonly globalPrivacyControl?: boolean; readonly doNotTrack?: string };

let visitor: string | undefined;
let user: string | undefined;

export const getHead = (): Head => ({ site: settings.site!, visitor, user, page: page! });

export function identify(id?: string): void {
  user = id;
}

/** Nothing where the browser throws: in sandboxed frames, with cookies blocked. */
function readKey(): string | undefined {
  try {
    return localStorage[KEY];
  } catch {
    return undefined;
  }
}

const isOptedOut = () => readKey() === OPTED_OUT;

/** Takes everything out of this browser, but for what it is to remember. */
function forget(remembered?: string | false): void {
  visitor = undefined;
  within((store) => store.clear());
  setDatabase();
  if (remembered) localStorage[KEY] = remembered;
  else delete localStorage[KEY];
}

/** With consent reads or makes the visitor's first-party id and keeps a journal; without takes both away. */
export function setConsent(isGiven?: boolean): void {
  if (isOptedOut()) return;
  if (isGiven === false) return forget();
  visitor = localStorage[KEY] = readKey() || getRandomId();
  openJournal();
}

/** Remembers that this visitor wants no measuring: the one thing that is stored without being asked to store. */
export function optOut(isOut?: boolean): void {
  forget(isOut !== false && OPTED_OUT);
}

/** Whether this page may not be measured: opted out, a signal that the tag respects, or an excluded address. */
export const isExcluded = (): unknown =>
  isOptedOut() ||
  (settings.respect != null && ((navigator as Signals).globalPrivacyControl || +(navigator as Signals).doNotTrack!)) ||
  (settings.exclude && location.href.match(settings.exclude));
