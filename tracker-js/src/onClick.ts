import { clickedAt, watchDeadClick } from "./deadClick";
import { getElementPath } from "./elementPath";
import { getElementText, PRIVATE } from "./elementText";
import { getLink } from "./link";
import { listen } from "./listen";
import { isRage } from "./rageClick";
import { getTag } from "./tag";
import { record } from "./view";

const INTERACTIVE = "a,button,[role=button],[role=link],input,select,textarea,summary,label,area,[data-event]";
const ECHO_MS = 30; // nobody clicks twice so fast

/** What answers for the nearest of an event's elements, from the inside outwards, across shadow roots. */
type Find = (selector: string) => HTMLElement | undefined;

/** Runs with the elements of an event, unless the page says to ignore one of them. */
function withElements(event: Event, run: (elements: HTMLElement[], find: Find) => void): void {
  const elements = event.composedPath().filter((node): node is HTMLElement => node instanceof Element);
  const find: Find = (selector) => elements.find((element) => element.matches(selector));
  if (!find("[data-footfall-ignore]")) run(elements, find);
}

/** Records what the visitor clicks and submits. Clicks that a script makes, by element.click(), are not theirs. */
export function onClick(): void {
  listen<MouseEvent>("click auxclick", (event) =>
    withElements(event, (elements, find) => {
      const { timeStamp, detail, button } = event;
      // A click on a label is followed by a second, trusted one on its control: one act, told once.
      if (!event.isTrusted || button > 1 || timeStamp - clickedAt < ECHO_MS) return;
      const element = find(INTERACTIVE) || elements[0]!;
      const anchor = find("a[href],area[href]") as HTMLAnchorElement | undefined;
      const told = {
        ...getTag(find("[data-event]:not(form)"), "click"),
        element: getElementPath(elements.slice(elements.indexOf(element), -2)),
        text: find(PRIVATE) ? undefined : getElementText(element),
      };
      // A click by keyboard has detail 0 and no place; left of a right-to-left page's start is below 0.
      const place = (px: number) => (detail ? Math.max(0, Math.round(px)) : undefined);
      record({
        ...told,
        x: place(event.pageX),
        y: place(event.pageY),
        props: {
          ...told.props,
          ...(anchor && getLink(anchor)),
          element_x: event.offsetX,
          element_y: event.offsetY,
        },
      });
      if (isRage(event, element, told.text)) record({ ...told, name: "rage_click" });
      if (!anchor) watchDeadClick(event, element, told);
    }),
  );
  listen("submit", (event) =>
    withElements(event, (elements) =>
      record({ ...getTag(elements[0]!, "form_submit"), element: getElementPath(elements.slice(0, -2)) }),
    ),
  );
}
