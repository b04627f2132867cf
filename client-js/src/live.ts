import type { Connection, Options } from "./connection.js";
import { Problem } from "./problem.js";

/** An event as it comes, without anything that says who. */
export interface LiveEvent {
  at_ms: number;
  name: string;
  page: string | null;
  entity_type: string | null;
  entity_id: string | null;
  source: string | null;
  country: string | null;
  device: string | null;
  browser: string | null;
}

const PAUSE_MS = 5_000;

/**
 * A site's events from now on, until the loop is left or the signal is given. EventSource cannot send a token, so the
 * stream is read here. The collector ends it now and then, and the next one is asked for; a Problem that coming again
 * does not mend is thrown.
 */
export async function* listen(connection: Connection, options: Options = {}): AsyncGenerator<LiveEvent, void, undefined> {
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  try {
    while (!signal.aborted) {
      try {
        yield* readEvents(await connection.stream("/api/v1/live", { site_id: connection.site }, { signal }));
      } catch (error) {
        if (signal.aborted) return;
        const mayPass = error instanceof TypeError || (error instanceof Problem && (error.status === 503 || error.status === 429));
        if (!mayPass) throw error;
        await pause(PAUSE_MS, signal);
      }
    }
  } finally {
    left.abort();
  }
}

async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent, void, undefined> {
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let text = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (text + part.value).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) if (block.startsWith("data: ")) yield JSON.parse(block.slice(6)) as LiveEvent;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
