import type { Commands } from "./commands";
import type { Event, Page, Props } from "./wire";

// What a build can have beside the core. The core has neither; `#parts` is the file of the build (see scripts/bundle.mjs).

/** Edits an event (and its page) before it is kept, or drops it with anything falsy. */
export type BeforeSend = (event: Event, page: Page) => Event | null | undefined | false | 0;

/** What the full build sees beside the core: clicks, forms, entities. */
export interface Extra {
  /** Once, before the first view. */
  begin(): void;
  /** With each view. */
  open(): void;
  /** At the times when engagement is reported. */
  report(): void;
}

/** What the plus build knows beside the full: who it is, and what the site and the visitor want. */
export interface Plus {
  readonly commands: Commands;
  /** Who: nothing, unless the site or the visitor lets us know. */
  readonly identity: { visitor?: string; user?: string };
  readonly edit: BeforeSend;
  /** Once, before the first view. */
  begin(): void;
  /** What is told with the pageview of a load. */
  getProps(): Props;
  getUrl(): string;
}

export declare const extra: Extra | undefined;
export declare const plus: Plus | undefined;
