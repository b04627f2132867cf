import assert from "node:assert/strict";
import { test } from "node:test";
import { getElementPath } from "../src/elementPath";
import { getElementText, mask } from "../src/elementText";
import { getLink } from "../src/link";
import { getTag } from "../src/tag";
import { buildPage, getElements } from "./page";

const getPath = (html: string, selector: string) => getElementPath(getElements(buildPage(html), selector).slice(0, -2));
const getText = (html: string, selector: string) => {
  const text = getElementText(buildPage(html).querySelector<HTMLElement>(selector)!);
  return text && mask(text);
};

for (const [name, html, selector, path] of [
  ["an id", "<main><button id=buy>Buy</button></main>", "#buy", "main > button#buy"],
  ["a test id", "<nav><a data-testid=home>Home</a></nav>", "a", "nav > a[home]"],
  ["the site's own event name", "<div data-event=open-chat><i>x</i></div>", "div", "div[open-chat]"],
  ["a class that tells", "<div class='is-open cta'>Go</div>", "div", "div.cta"],
  ["nameless wrappers are left out", "<main><div><div><p><a class=more>More</a></p></div></div></main>", "a", "main > a.more"],
  ["an ancestor with an id ends it", "<main><div id=list><a>More</a></div></main>", "a", "div#list > a"],
  ["generated names are skipped", "<main id=ember123><a id=':r1:' class='css-1a2b3c Button_root__3fK2d'>Go</a></main>", "a", "main > a"],
  ["at most five levels", "<main><section><article><nav><header><form><a>Go</a></form></header></nav></article></section></main>", "a", "article > nav > header > form > a"],
] as const) {
  test(`path: ${name}`, () => assert.equal(getPath(html, selector), path));
}

test("a long path keeps its end, which names the element", () => {
  const nested = "<my-very-long-element-name-that-somebody-chose-for-whatever-reason-it-may-have-been>";
  const path = getPath(nested.repeat(4) + "<a>x</a>", "a");
  assert.ok(path.length === 200 && path.endsWith(" > a"), path);
});

for (const [name, html, selector, text] of [
  ["a link", "<a>More</a>", "a", "More"],
  ["nothing else", "<p>Hello</p>", "p", false],
  ["aria-label wins", "<button aria-label='Close dialog'>×</button>", "button", "Close dialog"],
  ["digits and e-mails are masked", "<a>Order 12345 of anna.b@x.de, 9,90 €</a>", "a", "Order # of # #,# €"],
  ["nothing of a link with a field in it", "<a>Hi <textarea>secret</textarea>!</a>", "a", false],
  ["nothing of a link with a masked part in it", "<a>Hi <b data-footfall-mask>Anna</b>!</a>", "a", false],
  ["comments are no text", "<a><!--v-if-->Hi</a>", "a", "Hi"],
  ["64 characters", `<a>${"word ".repeat(50)}</a>`, "a", "word ".repeat(13).slice(0, 64)],
] as const) {
  test(`text: ${name}`, () => assert.equal(getText(html, selector), text));
}

test("a link tells where it leads and of what kind it is, without query and fragment", () => {
  for (const [href, props] of [
    ["https://other.example/a?token=1#2", { href: "https://other.example/a", link: "outbound" }],
    ["/a/b", { href: "https://shop.example/a/b", link: undefined }],
    ["/a.pdf?x", { href: "https://shop.example/a.pdf", link: "download" }],
    ["/a.7z", { href: "https://shop.example/a.7z", link: "download" }],
    ["/v1.25", { href: "https://shop.example/v1.25", link: undefined }],
    ["/a.html", { href: "https://shop.example/a.html", link: undefined }],
    ["/a.php", { href: "https://shop.example/a.php", link: undefined }],
    ["mailto:anna@x.de", { href: undefined, link: "mailto" }],
    ["tel:+49123", { href: undefined, link: "tel" }],
    ["data:text/plain,secret", { href: undefined, link: "data" }],
  ] as const) {
    const anchor = buildPage(`<a href="${href}">x</a>`).querySelector("a")!;
    assert.deepEqual(getLink(anchor), props, href);
  }
});

test("a tag names the event and its props", () => {
  const element = buildPage("<i data-event=signup data-event-plan=pro data-event-no-code=1></i>").querySelector("i")!;
  assert.deepEqual(getTag("click", element), { name: "signup", props: { plan: "pro", nocode: "1" } });
  assert.deepEqual(getTag("click"), { name: "click", props: {} });
});
