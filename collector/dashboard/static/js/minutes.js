// The last thirty minutes as bars, one a minute.

import { element } from "./element.js";
import { formatCount } from "./format.js";

export function drawMinutes(content, { results }) {
  const most = Math.max(...results.map(({ visitors }) => visitors), 1);
  const bars = results.map((row) => {
    const ago = row.minutes_ago === 0 ? "this minute" : `${row.minutes_ago} min ago`;
    const bar = element("span", { class: row.visitors ? "minute" : "minute none", title: `${ago}: ${formatCount(row.visitors)} visitors, ${formatCount(row.pageviews)} page views`, "data-minutes-ago": row.minutes_ago, "data-visitors": row.visitors });
    bar.style.height = `${Math.max(3, (100 * row.visitors) / most)}%`;
    return bar;
  });
  const sum = results.reduce((total, { pageviews }) => total + pageviews, 0);
  content.replaceChildren(
    element("div", { class: "minutes", role: "img", "aria-label": `Visitors minute by minute: at most ${formatCount(most)}; ${formatCount(sum)} page views in 30 minutes` }, bars),
    element("p", { class: "minutes-scale quiet", "aria-hidden": "true" }, element("span", {}, "30 min ago"), element("span", {}, "now")));
  return true;
}
