// The body that the collector takes (docs/events.md). Field names are the contract: the collector refuses
// names that it does not know.

/** The page instance that all events of one body belong to. Width and height: viewport, CSS px. */
export interface Page {
  readonly id: string;
  url: string;
  title?: string;
  referrer?: string;
  width?: number;
  height?: number;
  language?: string;
  /** A program drives the browser. */
  webdriver?: boolean;
}

/** What the events of a body share. */
export interface Head {
  readonly site: string;
  readonly visitor?: string;
  readonly user?: string;
  readonly page: Page;
}

export interface Revenue {
  readonly amount: number;
  readonly currency: string;
}

export type Props = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What is told of a view beside what the script knows itself. */
export type Given = Partial<Page> & { props?: Props };

/** What an event can have beside its name, number and time. */
export interface Fields {
  readonly visible_ms?: number;
  readonly active_ms?: number;
  readonly scroll_percent?: number;
  readonly element?: string;
  readonly text?: string;
  readonly x?: number;
  readonly y?: number;
  readonly entity?: { readonly type: string; readonly id: string };
  readonly props?: Props;
  readonly revenue?: Revenue;
}

export type Event = Fields & { readonly name: string };

/** `<page id>.<seq>` is the event's id at the collector; `at` is ms since 1970 by this machine's clock. */
export type TrackedEvent = Event & {
  readonly seq: number;
  readonly at: number;
};
