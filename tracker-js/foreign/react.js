import { createElement as h, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const [count, setCount] = useState(0);
  const [name, setName] = useState("");
  const [items, setItems] = useState(["one"]);
  const [route, setRoute] = useState("home");
  const add = (event) => {
    event.preventDefault();
    setItems([...items, "item " + items.length]);
  };
  const go = (event) => {
    event.preventDefault();
    history.pushState({ route: "next" }, "", "?route=next");
    setRoute("next");
  };
  return h("main", { "data-route": route },
    h("button", { id: "count", className: count ? "is-on" : "", onClick: () => setCount(count + 1) }, "Count ", count),
    h("form", { id: "form", onSubmit: add },
      h("input", { id: "name", value: name, onChange: (event) => setName(event.target.value) }),
      h("button", { id: "add" }, "Add")),
    h("output", null, name),
    h("ul", { id: "list" }, items.map((item) => h("li", { key: item, onClick: () => setItems(items.filter((one) => one !== item)) }, item))),
    h("a", { id: "route", href: "/elsewhere", onClick: go }, "Next"),
    h("button", { id: "stop", onClickCapture: (event) => event.stopPropagation() }, "Stop"));
}

createRoot(document.getElementById("app")).render(h(StrictMode, null, h(App)));
