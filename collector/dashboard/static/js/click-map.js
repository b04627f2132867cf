// Clicks by place on an empty page of the class's width: the more, the stronger. Nothing of the page itself is copied.

import { formatCount } from "./format.js";
import { SCREENS } from "./screens.js";
import { svg } from "./svg.js";

const FOLD = 900;
const LEAST_HEIGHT = 600;
const RULE = 500;

/** `cells`: the rows of one class, `cell` their edge in px. */
export function buildClickMap(cells, screen, cell) {
  const width = Math.max(SCREENS[screen]?.width ?? 0, ...cells.map(({ x }) => x + cell));
  const height = Math.max(LEAST_HEIGHT, ...cells.map(({ y }) => y + 3 * cell));
  const most = Math.max(...cells.map(({ clicks }) => clicks));
  const rules = Array.from({ length: Math.floor(height / RULE) }, (_, at) => (at + 1) * RULE);
  const sum = cells.reduce((total, { clicks }) => total + clicks, 0);
  return svg("svg", { class: "click-map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${formatCount(sum)} clicks by place on a page ${width} px wide. The elements are in the table.` },
    svg("rect", { class: "map-page", width, height }),
    rules.map((y) => svg("g", {}, svg("line", { class: "map-rule", x1: 0, x2: width, y1: y, y2: y }), svg("text", { class: "map-text", x: width - 8, y: y - 8, "text-anchor": "end", "font-size": width / 55 }, `${y} px`))),
    height > FOLD ? svg("line", { class: "map-fold", x1: 0, x2: width, y1: FOLD, y2: FOLD }, svg("title", {}, "What a laptop shows without scrolling")) : null,
    cells.map(({ x, y, clicks, visitors }) =>
      svg("rect", { class: "map-cell", x, y, width: cell, height: cell, rx: cell / 5, "fill-opacity": 0.18 + (0.82 * clicks) / most, "data-clicks": clicks },
        svg("title", {}, `${formatCount(clicks)} clicks of ${formatCount(visitors)} visitors at ${x}, ${y} px`))));
}
