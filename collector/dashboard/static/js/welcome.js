// What a site without any event sees instead of a page of zeros: the script tag. It goes when the first event comes.

import { ask } from "./api.js";
import { everQuery } from "./query.js";

export function createWelcome(section, report, site) {
  let hasEvents = false;
  const tag = section.querySelector("#script-tag");
  // Behind a proxy that ends TLS the server may not know its own address; the browser does.
  tag.textContent = tag.textContent.replace(/https?:\/\/[^/]+/, location.origin);
  startCopy(section.querySelector("#copy-tag"), tag);

  return {
    isWaiting: () => !section.hidden,
    async load({ signal }) {
      if (hasEvents) return;
      try {
        const { results } = await ask(everQuery(site), signal);
        hasEvents = (results[0]?.metrics[0] ?? 0) > 0;
      } catch {
        // Not known: show the panels, they carry the error.
        hasEvents = false;
        section.hidden = true;
        report.hidden = false;
        return;
      }
      section.hidden = hasEvents;
      report.hidden = !hasEvents;
    },
  };
}

function startCopy(button, tag) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(tag.textContent);
      button.textContent = "Copied";
    } catch {
      // Plain http on another host has no clipboard: select it, so that Ctrl-C does.
      getSelection().selectAllChildren(tag);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}
