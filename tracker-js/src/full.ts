import { onAnswer } from "./deadClick";
import { onEntities, openEntities, reportEntities } from "./entities";
import { onClick } from "./onClick";
import type { Extra } from "./parts";

/** Adds to the core what happens on the page: clicks, forms, entities. */
export const extra: Extra = {
  begin() {
    onClick();
    onAnswer();
    onEntities();
  },
  open: openEntities,
  report: reportEntities,
};
