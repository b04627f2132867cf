// The menu of periods, with a form for any other range of days.

import { element } from "./element.js";
import { closeMenu } from "./menu.js";
import { PERIODS, periodTitle } from "./periods.js";
import { todayIn } from "./site-time.js";

export function createPeriodPicker(menu, title, body, site, onChoose) {
  function choose(patch) {
    closeMenu(menu);
    onChoose({ from: "", to: "", ...patch });
  }

  const choices = PERIODS.map((period) =>
    period
      ? element("button", { class: "choice", type: "button", "data-period": period.name, click: () => choose({ period: period.name }) }, period.title)
      : element("hr"),
  );
  const from = dateField("from", "From");
  const to = dateField("to", "To");
  const form = element(
    "form",
    { class: "range", "aria-label": "Custom range", submit: onSubmit },
    element("label", {}, element("span", {}, "From"), from),
    element("label", {}, element("span", {}, "To"), to),
    element("button", { class: "button primary", type: "submit" }, "Show these days"),
  );
  body.replaceChildren(...choices, element("hr"), form);

  // The browser then keeps "To" from lying before "From" and says so in its own words.
  from.addEventListener("input", () => (to.min = from.value));
  menu.addEventListener("toggle", () => {
    from.max = to.max = todayIn(site.timeZone);
  });

  function onSubmit(event) {
    event.preventDefault();
    choose({ period: "custom", from: from.value, to: to.value });
  }

  return function show(state) {
    title.textContent = periodTitle(state);
    from.value = state.from;
    to.value = state.to;
    for (const choice of choices) {
      if (choice.dataset.period === state.period) choice.setAttribute("aria-current", "true");
      else choice.removeAttribute("aria-current");
    }
  };
}

function dateField(name, label) {
  return element("input", { type: "date", name, required: true, "aria-label": label });
}
