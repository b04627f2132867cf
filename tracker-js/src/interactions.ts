import { getElementPath } from "./elementPath";
import { guard, later } from "./guard";
import { listen } from "./listen";

// What else a visitor does, as a file of its own that is loaded only when asked: copies, prints, media, changes of
// fields, and samples of keys, hovers, pointer moves and resizes. Never a value, a key, or a text.

const SAMPLE_MS = 1_000;
const HOVER_MS = 500;

type Fields = { readonly element?: string; readonly props?: Record<string, unknown>; readonly x?: number; readonly y?: number };

const tell = (name: string, fields?: Fields) => window.footfall!("event", name, fields);

/** The path of what an event is about; nothing where the page says to ignore it. */
function getElement(event: Event): string | undefined {
  const elements = event.composedPath().filter((node): node is HTMLElement => node instanceof Element);
  const isIgnored = elements.some((element) => element.matches("[data-footfall-ignore]"));
  return isIgnored ? undefined : getElementPath(elements.slice(0, -2));
}

const TOLD_AS: Record<string, string> = {
  change: "input_change",
  copy: "copy",
  cut: "copy",
  play: "media_play",
  pause: "media_pause",
  ended: "media_end",
};

listen(Object.keys(TOLD_AS).join(" "), (event) => {
  const element = getElement(event);
  if (element !== undefined && event.isTrusted) tell(TOLD_AS[event.type]!, { element });
});
listen("beforeprint", () => tell("print"));

let keys = 0;
let isSampling = false;
let hovered: Element | undefined;

/** Runs at most once a second; what comes in between is not told. */
function sample(run: () => void): void {
  if (isSampling) return;
  isSampling = true;
  later(() => {
    isSampling = false;
    run();
  }, SAMPLE_MS);
}

listen("keydown", () => {
  keys++;
});
listen<PointerEvent>("pointermove", ({ pageX, pageY }) =>
  sample(() => tell("mouse_move", { x: Math.max(0, Math.round(pageX)), y: Math.max(0, Math.round(pageY)) })),
);
listen("resize", () => sample(() => tell("page_resize", { props: { width: innerWidth, height: innerHeight } })));
listen("mouseover", (event) => {
  const element = (event.target as Element).closest("a,button,[role=button],[data-event]") || undefined;
  if (element === hovered) return;
  hovered = element;
  const path = element && getElement(event);
  later(() => {
    if (path && element === hovered) tell("hover", { element: path });
  }, HOVER_MS);
});
setInterval(
  guard(() => {
    if (keys) tell("keypress", { props: { count: keys } });
    keys = 0;
  }),
  5 * SAMPLE_MS,
);
