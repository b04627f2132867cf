import type { Event, Props } from "./wire";

/** What `data-event="signup" data-event-plan="pro"` names: an event `signup` with the property `plan`. */
export function getTag(name: string, element?: HTMLElement): Event & { readonly props: Props } {
  const props: Record<string, string> = {};
  const dataset = element?.dataset;
  for (const key in dataset) {
    if (/^event./.test(key)) props[key.slice(5).toLowerCase()] = dataset[key]!;
  }
  return { name: dataset?.event || name, props };
}
