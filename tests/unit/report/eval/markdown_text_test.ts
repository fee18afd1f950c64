import assert from "node:assert/strict";
import {
  markdownCode,
  markdownTable,
  markdownText,
} from "../../../../src/report/eval/markdown_text.ts";

Deno.test("markdownText() keeps names as they are and disarms what would be markup", () => {
  assert.equal(markdownText("photo_2.jpg, 100 %"), "photo_2.jpg, 100 %");
  assert.equal(markdownText("a|b"), "a\\|b");
  assert.equal(markdownText("*x* _y_ `z`"), "\\*x\\* \\_y\\_ \\`z\\`");
  assert.equal(markdownText("<img src=x>"), "\\<img src=x\\>");
  assert.equal(markdownText("[x](y)"), "\\[x\\](y)");
  assert.equal(markdownText("one\n\n# two"), "one # two");
  assert.equal(markdownText("# one"), "\\# one");
  assert.equal(markdownText("1. one"), "1\\. one");
  assert.equal(markdownText("back\\slash"), "back\\\\slash");
});

Deno.test("markdownCode() has a fence that its text cannot close", () => {
  assert.equal(markdownCode("pconv eval"), "```\npconv eval\n```");
  assert.equal(markdownCode("a ```` b"), "`````\na ```` b\n`````");
});

Deno.test("markdownTable() aligns its columns", () => {
  assert.equal(
    markdownTable([["", "a"], ["longer", "12.5"], ["x", "1"]]),
    [
      "|        |    a |",
      "| ------ | ---: |",
      "| longer | 12.5 |",
      "| x      |    1 |",
    ].join("\n"),
  );
});
