// The body that the collector takes (docs/events.md). Field names are the contract: the collector refuses
// names that it does not know.

/** The page instance that all events of one body belong to. Width and height: viewport, CSS px. */
export interface Page {
  readonly id: string;
  readonly url: string;
  title?: string;
  readonly referrer?: string;
  readonly width?: number;
  readonly height?: number;
  readonly language?: string;
}

/** Cumulative for its pageview: the collector keeps the largest. */
export interface Engagement {
  readonly visible_ms: number;
  readonly active_ms: number;
  readonly scroll_percent: number;
}

export interface Click {
  readonly element: string;
  readonly text?: string;
  readonly x?: number;
  readonly y?: number;
}

export interface Revenue {
  readonly amount: number;
  readonly currency: string;
}

/** What the site adds to an event of its own. */
export interface Extras {
  readonly props?: Readonly<Record<string, string | number | boolean | null>>;
  readonly revenue?: Revenue;
}

export type Fields = Partial<Engagement> | Click | Extras;

/** `<page id>.<seq>` is the event's id at the collector; `at` is ms since 1970 by this machine's clock. */
export type TrackedEvent = Fields & {
  readonly name: string;
  readonly seq: number;
  readonly at: number;
};

export interface Body {
  readonly site: string;
  readonly sent_at: number;
  readonly page: Page;
  readonly events: readonly TrackedEvent[];
}
