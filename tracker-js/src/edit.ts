import { isExcluded } from "./identity";
import type { BeforeSend } from "./parts";

let hook: BeforeSend = (event) => event;

export function setHook(given: BeforeSend): void {
  hook = given;
}

/** What the site and the visitor want of an event; one for which the hook throws is not recorded. */
export const edit: BeforeSend = (event, page) => !isExcluded() && hook(event, page);
