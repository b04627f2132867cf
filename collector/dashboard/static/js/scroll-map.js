// How far down the page its views came: a bar for every tenth of its height, top to bottom.

import { element } from "./element.js";
import { formatCount, formatPercent } from "./format.js";

const STEP = 10;

/** `rows`: those of one class of screens. */
export function buildScrollMap(rows) {
  const shown = rows.filter(({ percent }) => percent % STEP === 0).sort((a, b) => a.percent - b.percent);
  return element("ol", { class: "scroll-map", "aria-label": "How far down visitors came" }, shown.map(({ percent, pageviews, share }) => {
    const bar = element("span", { class: "scroll-bar", "aria-hidden": "true" });
    bar.style.width = `${share}%`;
    return element("li", { "data-percent": percent, "data-share": share, title: `${formatCount(pageviews)} page views` },
      element("span", { class: "quiet" }, percent === 0 ? "Top" : percent === 100 ? "End" : `${percent}%`),
      element("span", { class: "scroll-track" }, bar, element("span", {}, formatPercent(share))));
  }));
}
