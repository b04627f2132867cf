import { createApp, h, ref } from "vue";

createApp({
  setup() {
    const count = ref(0);
    const name = ref("");
    const items = ref(["one"]);
    const route = ref("home");
    const add = (event) => {
      event.preventDefault();
      items.value.push("item " + items.value.length);
    };
    const go = (event) => {
      event.preventDefault();
      history.pushState({ route: "next" }, "", "?route=next");
      route.value = "next";
    };
    return () => h("main", { "data-route": route.value }, [
      h("button", { id: "count", class: { "is-on": count.value }, onClick: () => count.value++ }, "Count " + count.value),
      h("form", { id: "form", onSubmit: add }, [
        h("input", { id: "name", value: name.value, onInput: (event) => (name.value = event.target.value) }),
        h("button", { id: "add" }, "Add"),
      ]),
      h("output", name.value),
      h("ul", { id: "list" }, items.value.map((item, index) => h("li", { key: item, onClick: () => items.value.splice(index, 1) }, item))),
      h("a", { id: "route", href: "/elsewhere", onClick: go }, "Next"),
      h("button", { id: "stop", onClick: (event) => event.stopImmediatePropagation() }, "Stop"),
    ]);
  },
}).mount("#app");
