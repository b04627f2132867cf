import type { Commands } from "./commands";
import { onChange } from "./deadClick";
import { showEntity } from "./entities";
import { later } from "./guard";
import { getHead, identify, optOut, setConsent } from "./identity";
import { setHook } from "./edit";
import { settings } from "./settings";

export { getUrl } from "./address";
export { edit } from "./edit";
export { onClick as onWatch } from "./onClick";
export { openEntities as onView, reportEntities as onReport } from "./entities";

export { getHead };

const nothing = (): undefined => undefined;
export { nothing as getLoad, nothing as onPageview };

export const getCommands = (): Commands => ({
  view: showEntity,
  identify,
  consent: setConsent,
  optOut,
  beforeSend: setHook,
});

export function onBegin(): void {
  if (settings.storage) later(setConsent);
  onChange();
}
