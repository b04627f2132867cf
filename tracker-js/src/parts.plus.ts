import * as full from "./parts.full";
import { onPlus } from "./plus";

export { getCommands, edit, getHead, onReport, onView, onWatch } from "./parts.full";
export { getLoad, getUrl, onPageview } from "./plus";

export function onBegin(): void {
  full.onBegin();
  onPlus();
}
