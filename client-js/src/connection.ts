import { readProblem } from "./problem.js";

export interface Settings {
  /** Where the collector is, such as `https://stats.example`; a path in front of its own is kept. */
  url: string;
  /** A token of a viewer (`footfall token read`). Whoever has it may read: keep it on the server. */
  token: string;
  /** The site that is asked about. */
  site: string;
  /** Instead of the global one, for caching or tests. */
  fetch?: typeof fetch;
  /** Longest time for one answer, in ms; 30 s. */
  timeoutMs?: number;
}

/** What a request may be told beside what it asks. */
export interface Options {
  signal?: AbortSignal;
}

export type Arguments = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export class Connection {
  readonly site: string;
  readonly #base: string;
  readonly #token: string;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;

  constructor(settings: Settings) {
    this.site = settings.site;
    this.#base = settings.url.replace(/\/+$/, "");
    this.#token = settings.token;
    this.#fetch = settings.fetch ?? ((input, init) => fetch(input, init));
    this.#timeoutMs = settings.timeoutMs ?? 30_000;
  }

  /** The answer as JSON. Throws Problem when it is refused, and what fetch throws when there is no answer. */
  async json<Answer>(path: string, given: Arguments, options: Options = {}): Promise<Answer> {
    return (await this.#ask("GET", path, given, undefined, options)).json() as Promise<Answer>;
  }

  /** The same of a request with a body. */
  async send<Answer>(method: Method, path: string, body: unknown, given: Arguments, options: Options = {}): Promise<Answer> {
    return (await this.#ask(method, path, given, body, options)).json() as Promise<Answer>;
  }

  /** An answer without an end. */
  async stream(path: string, given: Arguments, options: Options = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#ask("GET", path, given, undefined, options, false);
    if (body === null) throw new TypeError("the answer has no body");
    return body;
  }

  async #ask(
    method: Method, path: string, given: Arguments, body: unknown, options: Options, mayTimeOut = true,
  ): Promise<Response> {
    const signals = [options.signal, mayTimeOut ? AbortSignal.timeout(this.#timeoutMs) : undefined];
    const response = await this.#fetch(`${this.#base}${path}${writeQuery(given)}`, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
    });
    if (!response.ok) throw await readProblem(response);
    return response;
  }
}

function writeQuery(given: Arguments): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) query.append(name, String(each));
  }
  const text = query.toString();
  return text && `?${text}`;
}
