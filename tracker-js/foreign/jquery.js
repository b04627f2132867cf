import $ from "jquery";

let count = 0;
let added = 1;
$("#app").html(`<main data-route="home">
  <button id="count">Count 0</button>
  <form id="form"><input id="name"><button id="add">Add</button></form>
  <output></output>
  <ul id="list"><li>one</li></ul>
  <a id="route" href="/elsewhere">Next</a>
  <button id="stop">Stop</button>
</main>`);
$("#count").on("click", function () {
  $(this).text("Count " + ++count).addClass("is-on");
});
$("#name").on("input", (event) => $("output").text(event.target.value));
$("#form").on("submit", (event) => {
  event.preventDefault();
  $("#list").append($("<li>").text("item " + added++));
});
$("#list").on("click", "li", (event) => $(event.currentTarget).remove());
$("#route").on("click", () => {
  history.pushState({ route: "next" }, "", "?route=next");
  $("main").attr("data-route", "next");
  return false;
});
$("#stop").on("click", (event) => event.stopImmediatePropagation());
