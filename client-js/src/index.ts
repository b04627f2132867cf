import { Connection, type Options, type Settings } from "./connection.js";
import { listen, type LiveEvent } from "./live.js";
import { Questions } from "./questions.js";
import { type Interaction, type ListArguments, type Pageview, Records, Sessions } from "./records.js";
import { Shortcuts } from "./shortcuts.js";

export type { components, operations, paths } from "./api.js";
export type { Options, Settings } from "./connection.js";
export type { LiveEvent } from "./live.js";
export { Problem, type ProblemBody } from "./problem.js";
export type * from "./questions.js";
export type { Interaction, ListArguments, Pageview, RecordPage, Session, SessionChanges, SessionState } from "./records.js";
export type { Chart, Overview, TopCountries, TopPages } from "./shortcuts.js";

/** One site of one collector: questions, reports, short-cuts, records, and what happens now. */
export class Footfall extends Questions {
  readonly shortcuts: Shortcuts;
  readonly sessions: Sessions;
  readonly pageviews: Records<Pageview, ListArguments<"get_api_v1_pageviews">>;
  readonly interactions: Records<Interaction, ListArguments<"get_api_v1_interactions", "metadata" | `metadata__${string}`>>;
  readonly #connection: Connection;

  constructor(settings: Settings) {
    const connection = new Connection(settings);
    super(connection);
    this.#connection = connection;
    this.shortcuts = new Shortcuts(connection);
    this.sessions = new Sessions(connection);
    this.pageviews = new Records(connection, "/api/v1/pageviews");
    this.interactions = new Records(connection, "/api/v1/interactions");
  }

  /** Events as they come: `for await (const event of footfall.live()) …`. */
  live(options?: Options): AsyncGenerator<LiveEvent, void, undefined> {
    return listen(this.#connection, options);
  }
}
