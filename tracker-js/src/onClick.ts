import { settleActs, soon } from "./acts";
import { clickedAt, judgeClick, watchClick } from "./deadClick";
import { getElementPath } from "./elementPath";
import { getElementText, mask, PRIVATE } from "./elementText";
import { getLink } from "./link";
import { listen } from "./listen";
import { isRage } from "./rageClick";
import { getTag } from "./tag";
import { record } from "./view";

const INTERACTIVE = "a,button,[role=button],[role=link],input,select,textarea,summary,label,[data-event]";
const ECHO_MS = 30; // nobody clicks twice so fast

/**
 * Records what the visitor clicks and submits; what a script does by element.click() is not theirs. Before the page's
 * own listeners run only what they may change is read: all else waits until they have answered.
 */
export function onClick(): void {
  listen<MouseEvent>("click auxclick submit", (event) => {
    const { timeStamp, isTrusted, detail, button } = event;
    const isClick = event.type < "s";
    // A click on a label is followed by a second, trusted one on its control: one act, told once.
    if (!isTrusted || button > 1 || (isClick && timeStamp - clickedAt < ECHO_MS)) return;
    settleActs();
    const elements = event.composedPath().filter((node) => (node as Element).localName) as HTMLElement[];
    // The nearest element of a kind, from the inside outwards, across shadow roots.
    const find = (selector: string) => elements.find((element) => element.matches(selector));
    if (find("[data-footfall-ignore]")) return;
    const element = (isClick && find(INTERACTIVE)) || elements[0]!;
    const text = find(PRIVATE) ? "" : getElementText(element);
    watchClick(timeStamp, element);
    soon(() => {
      const anchor = find(":any-link") as HTMLAnchorElement | undefined;
      const tag = isClick ? getTag("click", find("[data-event]:not(form)")) : getTag("form_submit", element);
      const told = {
        ...tag,
        element: getElementPath(elements.slice(elements.indexOf(element), -2)),
        // As it is seen, with its line breaks, if it is still the same: to see takes a layout. Nothing of SVG is seen so.
        text: text ? mask((element.textContent === text && element.innerText) || text) : undefined,
        // A click by keyboard has detail 0 and no place; left of a right-to-left page's start is below 0.
        x: detail ? Math.max(0, event.pageX | 0) : undefined,
        y: detail ? Math.max(0, event.pageY | 0) : undefined,
        props: {
          ...tag.props,
          ...(anchor && getLink(anchor)),
          element_x: event.offsetX,
          element_y: event.offsetY,
        },
      };
      record(told);
      if (isRage(event, text)) record({ ...told, name: "rage_click" });
      judgeClick(timeStamp, !anchor && told);
    });
  });
}
