import type { components, operations } from "./api.js";
import type { Connection, Options } from "./connection.js";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type SessionState = Schemas["SessionState"];
export type SessionChanges = Schemas["SessionChanges"];
export type SessionChangesArguments = ListArguments<"get_api_v1_session_changes">;
export type Pageview = Schemas["Pageview"];
export type Interaction = Schemas["Interaction"];

type Parameters<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;
type Name<Operation extends keyof operations> = Exclude<keyof Parameters<Operation> & string, "site">;
type Reserved = "limit" | "offset" | "cursor" | "ordering" | "search" | "expand" | "bots";

/** Fields, `field__lookup`, and how the list is paged: docs/records.md. */
export type ListArguments<Operation extends keyof operations, More extends string = never> = {
  [Key in Name<Operation> | `${Exclude<Name<Operation>, Reserved>}__${string}` | More]?: string | number | boolean | readonly string[];
};

/** A page; `next` and `previous` are addresses, for which pages() does the asking. */
export interface RecordPage<Item> {
  count: number;
  next: string | null;
  previous: string | null;
  results: Item[];
}

export class Records<Item, Given extends ListArguments<never>> {
  constructor(
    private readonly connection: Connection,
    private readonly path: string,
  ) {}

  /** A page of them, the newest first. */
  list(given?: Given, options?: Options): Promise<RecordPage<Item>> {
    return this.connection.json(this.path, { site: this.connection.site, ...given }, options);
  }

  /** One by its id. Throws Problem (404). */
  get(id: string, options?: Options): Promise<Item> {
    return this.connection.json(`${this.path}/${encodeURIComponent(id)}`, { site: this.connection.site }, options);
  }

  /** All of them, one after the other; pages of 100 are asked for as they are needed. What comes in meanwhile moves nothing. */
  async *all(given?: Omit<Given, "limit" | "offset" | "cursor">, options?: Options): AsyncGenerator<Item, void, undefined> {
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: RecordPage<Item> = await this.list({ ...given, limit: 100, cursor } as unknown as Given, options);
      yield* page.results;
      cursor = page.next && new URL(page.next).searchParams.get("cursor");
    }
  }
}

export class Sessions extends Records<Session, ListArguments<"get_api_v1_sessions">> {
  constructor(private readonly writer: Connection) {
    super(writer, "/api/v1/sessions");
  }

  /** What became of sessions since a cursor, and where to go on. */
  changes(given?: SessionChangesArguments, options?: Options): Promise<SessionChanges> {
    return this.writer.json("/api/v1/session-changes", { site: this.writer.site, ...given }, options);
  }

  /** Ends a session, by its id or the sender's; one that is over stays as it is. */
  end(id: string, reason: "api" | "logout" = "api", options?: Options): Promise<SessionState> {
    const path = `/api/v1/sessions/${encodeURIComponent(id)}/end`;
    return this.writer.send("POST", path, { reason }, { site: this.writer.site }, options);
  }
}
