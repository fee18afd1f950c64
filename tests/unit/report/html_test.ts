import assert from "node:assert/strict";
import { htmlText, markup, trustedHtml } from "../../../src/report/html.ts";

Deno.test("markup() escapes text and attributes", () => {
  const evil = `<img src=x onerror="a('&')">`;
  assert.equal(
    htmlText(markup`<p title="${evil}">${evil}</p>`),
    '<p title="&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;">' +
      "&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;</p>",
  );
});

Deno.test("markup() nests, joins lists and leaves out nothing", () => {
  const items = ["<", 2].map((item) => markup`<li>${item}</li>`);
  assert.equal(
    htmlText(markup`<ul>${items}${undefined}${0}</ul>`),
    "<ul><li>&lt;</li><li>2</li>0</ul>",
  );
});

Deno.test("markup() takes no value from a file for markup", () => {
  const fake = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}');
  assert.throws(() => markup`${fake}`, TypeError);
});

Deno.test("trustedHtml() goes in as it is", () => {
  assert.equal(
    htmlText(markup`<style>${trustedHtml("a > b {}")}</style>`),
    "<style>a > b {}</style>",
  );
});
