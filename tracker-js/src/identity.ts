import { openJournal } from "./adopt";
import { setDatabase, within } from "./journal";
import { getRandomId } from "./randomId";
import { settings } from "./settings";

const KEY = "footfall";
const OPTED_OUT = "-";

export const identity: { visitor?: string; user?: string } = {};

/** Sandboxed frames and blocked cookies throw. */
function readKey(): string | undefined {
  try {
    return localStorage[KEY];
  } catch {
    return undefined;
  }
}

function forget(): void {
  identity.visitor = undefined;
  within((store) => store.clear());
  setDatabase();
}

/** With consent reads or makes the visitor's first-party id and keeps a journal; without takes both away. */
export function setConsent(isGiven?: boolean): void {
  if (isOptedOut()) return;
  if (isGiven === false) {
    forget();
    localStorage.removeItem(KEY);
  } else {
    identity.visitor = localStorage[KEY] = readKey() || getRandomId();
    openJournal();
  }
}

/** Remembers that this visitor wants no measuring: the one thing that is stored without being asked to store. */
export function optOut(isOut?: boolean): void {
  forget();
  if (isOut === false) localStorage.removeItem(KEY);
  else localStorage[KEY] = OPTED_OUT;
}

const isOptedOut = () => readKey() === OPTED_OUT;

/** Whether this page may not be measured: opted out, a signal that the tag respects, or an excluded host and path. */
export function isExcluded(): boolean {
  const { respect, exclude } = settings;
  const { globalPrivacyControl, doNotTrack } = navigator as { globalPrivacyControl?: boolean; doNotTrack?: string };
  return (
    isOptedOut() ||
    (respect != null && (globalPrivacyControl || doNotTrack === "1")) ||
    (exclude && RegExp(exclude).test(location.host + location.pathname))
  ) as boolean;
}
