import { claimCommands } from "./commands";
import { guard } from "./guard";
import { getSettings } from "./settings";
import { startTracker } from "./tracker";
import { whenActivated } from "./whenActivated";

guard(() => {
  const settings = getSettings();
  const answerCommands = settings && claimCommands(settings.site);
  if (settings && answerCommands) whenActivated(() => answerCommands(startTracker(settings)));
})();
