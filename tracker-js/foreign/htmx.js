import htmx from "htmx.org";

htmx.config.globalViewTransitions = false;
const app = document.getElementById("app");
app.innerHTML = `<main data-route="home">
  <button id="count" hx-get="/fragment/count" hx-swap="innerHTML">Count 0</button>
  <form id="form" hx-get="/fragment/item" hx-target="#list" hx-swap="beforeend"><input id="name" name="name"><button id="add">Add</button></form>
  <output hx-get="/fragment/echo" hx-trigger="input from:#name delay:50ms"></output>
  <ul id="list"><li hx-get="/fragment/nothing" hx-swap="outerHTML">one</li></ul>
  <a id="route" href="/elsewhere" hx-get="/fragment/next" hx-target="#list" hx-push-url="?route=next">Next</a>
  <button id="stop" onclick="event.stopPropagation()">Stop</button>
</main>`;
htmx.process(app);
