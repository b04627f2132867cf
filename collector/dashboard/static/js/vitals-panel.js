// Web vitals: three quarters of the page views were at least as good as this.

import { element } from "./element.js";
import { NOTHING, formatCount, formatPercent } from "./format.js";
import { createReportPanel } from "./report-panel.js";

const seconds = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`);

// The bounds are those of the library, https://web.dev/articles/vitals.
const VITALS = {
  LCP: { title: "Largest paint", meaning: "Until the largest part of the page is there", good: 2500, poor: 4000, write: seconds },
  INP: { title: "Answer to input", meaning: "Until the page answers a click or a key", good: 200, poor: 500, write: seconds },
  CLS: { title: "Layout shift", meaning: "How much of the page jumps while it loads", good: 0.1, poor: 0.25, write: (value) => value.toFixed(2) },
  FCP: { title: "First paint", meaning: "Until anything is there", good: 1800, poor: 3000, write: seconds },
  TTFB: { title: "First byte", meaning: "Until the server answers", good: 800, poor: 1800, write: seconds },
};

const rate = (value, { good, poor }) => (value <= good ? "good" : value > poor ? "poor" : "middling");

function buildCard({ metric, samples, p50, p75, p90, good, poor }) {
  const vital = VITALS[metric];
  const rating = rate(p75, vital);
  const parts = [["good", good], ["middling", 100 - good - poor], ["poor", poor]];
  const bar = element("span", { class: "vital-bar", "aria-hidden": "true" }, parts.map(([name, share]) => {
    const part = element("span", { class: name });
    part.style.width = `${Math.max(0, share)}%`;
    return part;
  }));
  return element("li", { class: `vital ${rating}`, "data-metric": metric, "data-p75": p75 },
    element("p", { title: vital.meaning }, element("strong", {}, metric), ` ${vital.title}`),
    element("p", { class: "vital-value" }, vital.write(p75), element("span", { class: "vital-rating" }, rating)),
    bar,
    element("p", { class: "quiet" }, `${formatPercent(good)} good, ${formatPercent(poor)} poor`),
    element("p", { class: "quiet", title: "Half, three quarters and nine tenths of the page views had this or less" }, `half ${vital.write(p50)} · 90% ${vital.write(p90)} · ${samples === null ? NOTHING : formatCount(samples)} views`));
}

export function createVitalsPanel(site) {
  return createReportPanel(site, {
    name: "web-vitals", report: "web-vitals", title: "How fast pages are", wide: true,
    note: "Three quarters of the page views had this or less.",
    draw(content, { results }) {
      const known = results.filter(({ metric }) => Object.hasOwn(VITALS, metric));
      if (!known.length) return false;
      content.replaceChildren(element("ul", { class: "vitals" }, known.map(buildCard)));
      return true;
    },
    empty: "No page told its speed in this period. The tracker's footfall.vitals.js measures it: put it on your pages beside footfall.js.",
  });
}
