import type { Commands } from "./commands";
import type { Event, Given, Head, Page } from "./wire";

// What a build has beside the core. `#parts` is the file of the build, parts.core.ts and so on (scripts/bundle.mjs);
// this one only says what each of them has.

/** Edits an event (and its page) before it is kept, or drops it with anything falsy. */
export type BeforeSend = (event: Event, page: Page) => Event | null | undefined | false | 0;

/** What `footfall(…)` answers beside the core's calls. */
export declare const getCommands: () => Commands;
export declare const getHead: () => Head;
/** The current view's address as it is sent: without the fragment, which can hold a token. */
export declare const getUrl: () => string;
/** What is told of a view that is a load. */
export declare const getLoad: () => Given | undefined;
/** Once, as soon as the page is seen: listens to what may come before the first view. */
export declare const onWatch: () => void;
/** Once, before the first view. */
export declare const onBegin: () => void;
/** With each view. */
export declare const onView: () => void;
/** When the address and title of a view have settled. */
export declare const onPageview: (page: Page) => void;
/** When engagement is reported. */
export declare const onReport: () => void;
/** What the site and the visitor want of an event. */
export declare const edit: BeforeSend;
