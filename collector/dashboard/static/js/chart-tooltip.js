// The box beside the pointer: which bucket, which value.

import { element } from "./element.js";
import { formatMoment } from "./format.js";

export function tooltip(points, metric) {
  const value = element("strong");
  const when = element("span");
  const box = element("div", { class: "tooltip", hidden: true, "aria-hidden": "true" }, value, when);

  function move(u) {
    const at = u.cursor.idx;
    const known = at !== null && at !== undefined && (u.data[1][at] !== null || u.data[2][at] !== null);
    box.hidden = !known;
    if (!known) return;
    value.textContent = `${metric.exact(points[at].value)} ${metric.title.toLowerCase()}`;
    when.textContent = formatMoment(points[at].label);
    const x = u.valToPos(at, "x");
    const y = u.valToPos(points[at].value, "y");
    const left = x + 14 + box.offsetWidth > u.over.clientWidth ? x - 14 - box.offsetWidth : x + 14;
    box.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, y - box.offsetHeight - 8)}px)`;
  }

  return { hooks: { init: (u) => u.over.append(box), setCursor: move } };
}
