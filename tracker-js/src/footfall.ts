import { guard } from "./guard";
import { readTag } from "./readTag";
import { setSettings } from "./settings";
import { start } from "./start";

guard(() => {
  setSettings(readTag());
  start();
})();
