import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from "web-vitals";
import { guard } from "./guard";

// Web vitals, as a file of its own that is loaded only when asked. Each is told once, as `web_vital`, when it is final.

const tell = guard(({ name, value, rating }: Metric) => {
  window.footfall!("event", "web_vital", { props: { metric: name, value: Math.round(value * 1_000) / 1_000, rating } });
});

const begin = guard(() => {
  for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(tell);
});

if ("requestIdleCallback" in window) requestIdleCallback(begin);
else setTimeout(begin, 0);
