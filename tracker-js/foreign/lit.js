import { html, LitElement } from "lit";

class ShopApp extends LitElement {
  static properties = { count: { state: true }, name: { state: true }, items: { state: true }, route: { state: true } };
  constructor() {
    super();
    this.count = 0;
    this.name = "";
    this.items = ["one"];
    this.route = "home";
  }
  render() {
    return html`<main data-route=${this.route}>
      <button id="count" class=${this.count ? "is-on" : ""} @click=${() => this.count++}>Count ${this.count}</button>
      <form id="form" @submit=${this.add}>
        <input id="name" .value=${this.name} @input=${(event) => (this.name = event.target.value)}><button id="add">Add</button>
      </form>
      <output>${this.name}</output>
      <ul id="list">${this.items.map((item) => html`<li @click=${() => (this.items = this.items.filter((one) => one !== item))}>${item}</li>`)}</ul>
      <a id="route" href="/elsewhere" @click=${this.go}>Next</a>
      <button id="stop" @click=${(event) => event.stopImmediatePropagation()}>Stop</button>
      <slot></slot>
    </main>`;
  }
  add(event) {
    event.preventDefault();
    this.items = [...this.items, "item " + this.items.length];
  }
  go(event) {
    event.preventDefault();
    history.pushState({ route: "next" }, "", "?route=next");
    this.route = "next";
  }
}
customElements.define("shop-app", ShopApp);
document.getElementById("app").innerHTML = "<shop-app><b>slotted</b></shop-app>";
