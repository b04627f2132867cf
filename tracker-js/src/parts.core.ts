import { openJournal } from "./adopt";
import { later } from "./guard";
import { settings } from "./settings";
import { page } from "./view";
import type { Event, Head } from "./wire";

export { getUrl } from "./address";

const nothing = (): undefined => undefined;
export { nothing as getLoad, nothing as onView, nothing as onPageview, nothing as onReport, nothing as onWatch };

export const getCommands = (): object => ({});
export const edit = (event: Event): Event => event;
export const getHead = (): Head => ({ site: settings.site!, page: page! });

export function onBegin(): void {
  if (settings.storage) later(openJournal);
}
