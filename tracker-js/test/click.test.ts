import assert from "node:assert/strict";
import { test } from "node:test";
import { getClick } from "../src/click";
import { buildPage, getElements } from "./page";

const clickOn = (html: string, selector: string) => getClick(getElements(buildPage(html), selector));

for (const [name, html, selector, element, text] of [
  ["an id", "<main><button id=buy>Buy</button></main>", "#buy", "main > button#buy", "Buy"],
  ["the icon inside a button", "<main><button id=buy><svg><path/></svg>Buy</button></main>", "path", "main > button#buy", "Buy"],
  ["a test id", "<nav><a data-testid=home>Home</a></nav>", "a", "nav > a[data-testid=home]", "Home"],
  ["the site's own event name", "<div data-event=open-chat><i>x</i></div>", "i", "div[data-event=open-chat]", undefined],
  ["a role", "<div role=button class='flex cta'>Go</div>", "div", "div[role=button].cta", "Go"],
  ["nameless wrappers are left out", "<main><div><div><p><a class=more>More</a></p></div></div></main>", "a", "main > a.more", "More"],
  ["an ancestor with an id ends it", "<main><div id=list><a>More</a></div></main>", "a", "div#list > a", "More"],
  ["generated names are skipped", "<main id=ember123><a id=':r1:' class='css-1a2b3c Button_root__3fK2d'>Go</a></main>", "a", "main > a", "Go"],
  ["at most five levels", "<main><section><article><nav><ul><form><a>Go</a></form></ul></nav></article></section></main>", "a", "article > nav > ul > form > a", "Go"],
  ["something that is not interactive", "<main><p class=lead>Hello</p></main>", "p", "main > p.lead", undefined],
  ["a field never tells its value", "<form><input name=mail value=anna@x.de></form>", "input", "form > input", undefined],
  ["a submit button neither", "<form><input type=submit value='Pay 12'></form>", "input", "form > input", undefined],
  ["aria-label wins", "<button aria-label='Close dialog'>×</button>", "button", "button", "Close dialog"],
  ["digits and e-mails are masked", "<a>Order 12345 of anna.b@x.de, 9,90 €</a>", "a", "a", "Order # of # #,# €"],
  ["fields and masked parts inside a link are not read", "<a>Hi <b data-footfall-mask>Anna</b> <textarea>secret</textarea>!</a>", "a", "a", "Hi !"],
  ["no text under a mask", "<div data-footfall-mask><button id=buy>Anna</button></div>", "#buy", "button#buy", undefined],
  ["no text of an editor", "<div contenteditable><a>my draft</a></div>", "a", "a", undefined],
] as const) {
  test(name, () => {
    assert.deepEqual(clickOn(html, selector), { element, text });
  });
}

test("nothing is told under data-footfall-ignore", () => {
  assert.equal(clickOn("<div data-footfall-ignore><button>Buy</button></div>", "button"), undefined);
  assert.equal(clickOn("<button><b data-footfall-ignore>Buy</b></button>", "b"), undefined);
});

test("texts end after 64 characters and paths after 200", () => {
  assert.equal(clickOn(`<a>${"word ".repeat(50)}</a>`, "a")!.text, "word ".repeat(13).slice(0, 64));
  assert.equal(clickOn(`<a>${"🙂".repeat(80)}</a>`, "a")!.text, "🙂".repeat(64));
  const nested = "<my-very-long-element-name-that-somebody-chose-for-whatever-reason-it-may-have-been>";
  const { element } = clickOn(nested.repeat(4) + "<a>x</a>", "a")!;
  assert.ok(element.length <= 200 && element.endsWith(" > a"), element);
});
