import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { dilationSection } from "../../../../src/report/eval/dilation_section.ts";
import { evalExample, evalPageRecord, evalTable } from "./records.ts";

Deno.test("dilationSection() needs more than one dilation", () => {
  assert.equal(dilationSection(evalPageRecord()), undefined);
});

Deno.test("dilationSection() is of all pairs, of those outside the six ranges too", () => {
  const page = htmlText(dilationSection(evalPageRecord({ table: evalTable([0, 5]) }))!);
  // 8 pairs of 30 dB and 2 of 20 dB: 28 dB, without an interval.
  assert.match(page, /<title>pconv: kernel 5 px: 28\.00 dB, 10 pairs<\/title>/);
});

Deno.test("dilationSection() has the interval where one row has all pairs", () => {
  const table = evalTable([0, 5]);
  const rows = table.rows.filter(({ bin }) => bin !== "above");
  const page = htmlText(dilationSection(evalPageRecord({ table: { ...table, rows } }))!);
  assert.match(page, /<title>pconv: kernel 0 px: 30\.00 dB, 95 % interval 29\.00 to 31\.00/);
});

Deno.test("dilationSection() shows an image's examples by dilation, the primary method first", () => {
  const dilationExamples = [
    evalExample({ dilate: 5, ratio: 0.2 }),
    evalExample({ image: "sky.jpg" }),
    evalExample({ results: evalExample().results.slice(0, 1) }),
  ];
  const page = htmlText(
    dilationSection(evalPageRecord({ table: evalTable([0, 5]), dilationExamples }))!,
  );
  assert.equal(page.match(/<table class="strip">/g)?.length, 2);
  const garden = page.slice(page.indexOf("<caption>garden.jpg")).split("</table>")[0]!;
  assert.match(garden, /0 px <small>6 % hole<\/small>[\s\S]*5 px <small>20 % hole/);
  // Without a result of pconv at 0 px.
  assert.match(
    garden,
    /pconv<\/th><td class="quiet">–<\/td><td><img [^>]*alt="pconv, kernel 5 px"/,
  );
  assert.ok(garden.indexOf("pconv</th>") < garden.indexOf("telea</th>"));
});
