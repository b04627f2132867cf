// The basket lives in this tab only, and the two events of the shop are sent from here.
(() => {
  const KEY = "waymark.basket";
  const euros = (amount) => `€${amount}`;
  const each = (selector, react) => document.querySelectorAll(selector).forEach(react);
  let memory = null;

  // Session storage ends with the tab; where it is blocked the basket lasts as long as the page.
  function readBasket() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    } catch {
      return memory ?? {};
    }
  }

  function writeBasket(basket) {
    memory = basket;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(basket));
    } catch {
      // See readBasket.
    }
    showBasket();
  }

  function showBasket() {
    const basket = readBasket();
    const count = Object.values(basket).reduce((sum, number) => sum + number, 0);
    each("[data-basket-count]", (node) => (node.textContent = count));
    let total = 0;
    each("[data-line]", (line) => {
      const number = basket[line.dataset.line] ?? 0;
      const price = number * Number(line.dataset.price);
      total += price;
      line.hidden = number === 0;
      line.querySelector("[data-line-count]").textContent = `× ${number}`;
      line.querySelector("[data-line-total]").textContent = euros(price);
    });
    each("[data-cart-empty]", (node) => (node.hidden = count > 0));
    each("[data-cart-full]", (node) => (node.hidden = count === 0));
    each("[data-cart-total]", (node) => (node.textContent = euros(total)));
    return { count, total };
  }

  function say(text) {
    const toast = document.getElementById("toast");
    toast.textContent = text;
    toast.hidden = false;
    setTimeout(() => (toast.hidden = true), 2500);
  }

  each("#buy", (button) =>
    button.addEventListener("click", () => {
      const basket = readBasket();
      const id = button.dataset.product;
      writeBasket({ ...basket, [id]: (basket[id] ?? 0) + 1 });
      say(`${button.dataset.name} is in your basket`);
    }),
  );
  each("[data-remove]", (button) =>
    button.addEventListener("click", () => {
      const { [button.dataset.remove]: gone, ...rest } = readBasket();
      writeBasket(rest);
    }),
  );
  each("#checkout-form", (form) =>
    form.addEventListener("submit", () => {
      const { count, total } = showBasket();
      window.footfall("event", "purchase", { props: { items: count }, revenue: { amount: total, currency: "EUR" } });
      writeBasket({});
    }),
  );
  each("#signup", (form) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      window.footfall("event", "signup", { props: { list: "letters" } });
      form.reset();
      say("Thank you. Four letters a year, and none in this demo.");
    }),
  );

  showBasket();
  // Back and Forward bring pages back as they were left, with an old basket.
  window.addEventListener("pageshow", showBasket);
})();
