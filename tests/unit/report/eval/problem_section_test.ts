import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { problemSection } from "../../../../src/report/eval/problem_section.ts";

Deno.test("problemSection() lists problems and remarks, open where they are few", () => {
  const page = htmlText(problemSection({ problems: ["<b>"], remarks: ["one", "two"] })!);
  assert.match(page, /<details class="note warning" open><summary>1 problem: not all was scored/);
  assert.match(page, /<li>&lt;b&gt;<\/li>/);
  assert.match(page, /<summary>2 remarks<\/summary><ul><li>one<\/li><li>two<\/li><\/ul>/);
});

Deno.test("problemSection() lists up to a length", () => {
  const problems = Array.from({ length: 1250 }, (_, i) => `${i}.jpg`);
  const page = htmlText(problemSection({ problems, remarks: [] })!);
  assert.match(page, /<details class="note warning"><summary>1,250 problems/);
  assert.match(page, /<li>199\.jpg<\/li><li>and 1,050 more<\/li>/);
  assert.equal(page.includes("remark"), false);
});

Deno.test("problemSection() of nothing is nothing", () => {
  assert.equal(problemSection({ problems: [], remarks: [] }), undefined);
});
