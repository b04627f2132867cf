import { guard } from "./guard";
import { start } from "./start";

// What the script tag says. A defer or dynamic script is document.currentScript while it first runs; a module or
// a bundled copy is not, and finds the tag by its attribute.
guard(() => {
  const { dataset, src } = (document.currentScript || document.querySelector("script[data-site]")) as HTMLScriptElement;
  start({ ...dataset, endpoint: new URL(dataset.endpoint || "/api/v1/events", src).href });
})();
