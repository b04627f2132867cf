import { listen } from "./listen";

// Uncaught errors and unhandled rejections, as a file of its own that is loaded only when asked. At most ten a page,
// each message once; without addresses' queries and without values that look like an e-mail or a number.

const MOST = 10;
const MAX_LENGTH = 200;
const told = new Set<string>();

const mask = (text: string) =>
  text.replace(/[?#]\S*/g, "").replace(/[^\s@<>]+@[^\s@<>]+|\d{3,}/g, "#").slice(0, MAX_LENGTH);

function tell(kind: string, error: unknown, source?: string, line?: number): void {
  const { name, message } = (error || {}) as Error;
  const text = mask(message || String(error));
  if (told.size >= MOST || told.has(text)) return;
  told.add(text);
  window.footfall!("event", "error", { props: { kind, type: name, message: text, source: source && mask(source), line } });
}

listen<ErrorEvent>("error", ({ error, message, filename, lineno }) => {
  if (message) tell("uncaught", error || message, filename, lineno); // a picture that did not load has no message
});
listen<PromiseRejectionEvent>("unhandledrejection", ({ reason }) => tell("rejection", reason));
