import assert from "node:assert/strict";
import { markup } from "../../../src/report/html.ts";
import { pageShell } from "../../../src/report/page_shell.ts";

Deno.test("pageShell() lets a page run scripts only if it has one, and fetch nothing", () => {
  const options = { title: "<a>", content: markup`<p>text</p>`, footer: "end" };
  const plain = pageShell(options);
  assert.ok(plain.startsWith("<!doctype html>"));
  assert.ok(plain.includes("<title>&lt;a&gt;</title>"));
  assert.ok(plain.includes("<main>\n<p>text</p>\n</main>\n<footer>end</footer>\n</body>"));
  assert.match(
    plain,
    /content="default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;"/,
  );
  assert.ok(!plain.includes("script"));
  const lively = pageShell({ ...options, script: "let x = 1 < 2;", style: ".a > b {}" });
  assert.match(lively, /; script-src &#39;unsafe-inline&#39;"/);
  assert.ok(lively.includes("<script>let x = 1 < 2;</script>"));
  assert.ok(lively.includes(".a > b {}</style>"));
});
