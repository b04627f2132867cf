import type { Fields, Page, Props } from "./wire";
import type { BeforeSend } from "./parts";
import type { Settings } from "./settings";
import { start as startTracker } from "./start";

export type { BeforeSend, Fields, Page, Props, Settings };

/** What `footfall(…)` takes. */
export interface Calls {
  (command: "event", name: string, fields?: Fields): void;
  (command: "pageview", page?: Partial<Page> & { props?: Props }): void;
  (command: "view", entity: string): void;
  (command: "identify", user?: string): void;
  (command: "consent" | "optOut", isGiven?: boolean): void;
  (command: "beforeSend", hook: BeforeSend): void;
  (command: "flush"): void;
}

/** Measures this page from now on. `site` and `endpoint` (an absolute address) are needed; throws nothing. */
export function start(settings: Settings & { readonly site: string; readonly endpoint: string }): void {
  startTracker(settings);
}

/** The same as `window.footfall`. */
export const footfall: Calls = (...call: unknown[]) => window.footfall?.(...call);
