import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { exampleSection, extremeSection } from "../../../../src/report/eval/example_section.ts";
import { evalExample, evalPageRecord } from "./records.ts";

Deno.test("exampleSection() groups examples by range, from small holes to large ones", () => {
  const bins = ["(0.6, 1]", "other", "(0.1, 0.2]", "[0, 0.01]", "(0.1, 0.2]"];
  const page = htmlText(
    exampleSection(evalPageRecord({ examples: bins.map((bin) => evalExample({ bin })) }))!,
  );
  assert.deepEqual([...page.matchAll(/<h3>Holes of ([^<]*)<\/h3>/g)].map(([, bin]) => bin), [
    "[0, 0.01]",
    "(0.1, 0.2]",
    "(0.6, 1]",
    "other",
  ]);
  assert.equal(page.match(/<figure class="example"/g)?.length, 5);
  const ids = [...page.matchAll(/<figure class="example" id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, 5);
});

Deno.test("exampleSection() has buttons for all, in the order of the table, of what is shown", () => {
  const record = evalPageRecord();
  const table = { ...record.table, methods: ["unseen", "telea", "pconv"] };
  const page = htmlText(exampleSection({ ...record, table })!);
  const names = [...page.matchAll(/name="all-right" value="([^"]*)"( checked)?/g)];
  assert.deepEqual(names.map(([, name, checked]) => [name, checked !== undefined]), [
    ["telea", false],
    ["pconv", true],
  ]);
});

Deno.test("extremeSection() shows the worst and the best, and nothing of neither", () => {
  const page = htmlText(extremeSection(evalPageRecord())!);
  assert.match(page, /Worst[\s\S]*fence\.jpg[\s\S]*Best[\s\S]*sky\.jpg/);
  assert.match(page, /<h2>Best and worst of pconv<\/h2>/);
  const onlyBest = htmlText(extremeSection(evalPageRecord({ worst: [] }))!);
  assert.equal(onlyBest.includes("<h3>Worst"), false);
  assert.equal(extremeSection(evalPageRecord({ best: [], worst: [] })), undefined);
  assert.equal(exampleSection(evalPageRecord({ examples: [] })), undefined);
});
