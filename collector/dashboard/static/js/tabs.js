// The tabs of a panel, with the keys that the ARIA pattern asks for: arrows, Home, End.

import { element } from "./element.js";

const MOVES = {
  ArrowRight: (at, length) => (at + 1) % length,
  ArrowLeft: (at, length) => (at + length - 1) % length,
  Home: () => 0,
  End: (at, length) => length - 1,
};

export function createTabs({ name, title, tabs }, controls, onChoose) {
  const buttons = tabs.map((tab) =>
    element("button", { class: "tab", type: "button", role: "tab", "data-tab": tab.name, "aria-controls": controls, click: () => onChoose(tab) }, tab.title),
  );
  const node = element("div", { class: "tabs", role: "tablist", "aria-label": `${title} by`, id: `${name}-tabs`, keydown: onKey }, buttons);
  // A panel with one tab needs no choice.
  node.hidden = tabs.length < 2;

  function onKey(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const next = move(buttons.indexOf(document.activeElement), buttons.length);
    buttons[next].focus();
    onChoose(tabs[next]);
  }

  return {
    node,
    of: (tabName) => tabs.find((tab) => tab.name === tabName),
    mark(chosen) {
      buttons.forEach((button, at) => {
        const isChosen = tabs[at] === chosen;
        button.setAttribute("aria-selected", String(isChosen));
        button.tabIndex = isChosen ? 0 : -1;
      });
    },
  };
}
