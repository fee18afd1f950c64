import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import {
  curveSection,
  measureChart,
  pointNote,
} from "../../../../src/report/eval/curve_section.ts";
import { MEASURES } from "../../../../src/report/eval/measures.ts";
import { estimate, evalRow, evalTable } from "./records.ts";

Deno.test("curveSection() draws every method over the ranges by both borders", () => {
  const page = htmlText(curveSection(evalTable())!);
  assert.equal(page.match(/<figure class="chart">/g)?.length, 3);
  assert.match(
    page,
    /<title>pconv: \(0\.01, 0\.1\]: 30\.00 dB, 95 % interval 29\.00 to 31\.00, 8 pairs/,
  );
  assert.match(page, /<title>telea: \(0\.6, 1\]: 21\.00 dB/);
  assert.match(page, />1–10<[\s\S]*>&gt;60</);
  assert.equal(/NaN|undefined/.test(page), false);
});

Deno.test("curveSection() is of the smallest dilation and says so", () => {
  const table = evalTable([3, 5]);
  assert.match(htmlText(curveSection(table)!), /dilation kernel 3 px/);
});

Deno.test("curveSection() leaves out what cannot be drawn", () => {
  const rows = [evalRow({ scores: { lpips: estimate(NaN) }, medianMs: 0 })];
  const page = htmlText(curveSection({ methods: ["pconv"], dilations: [0], rows })!);
  assert.equal(page.match(/<figure/g)?.length, 1);
  assert.equal(curveSection({ methods: [], dilations: [], rows: [] }), undefined);
});

Deno.test("measureChart() says which direction is better", () => {
  const measure = MEASURES.find(({ key }) => key === "lpips")!;
  const points = [{ value: 0.5, low: null, high: null, note: "" }];
  const options = { measure, categories: ["a"], axis: "Dilation, px" };
  const page = htmlText(measureChart({ ...options, series: [{ name: "pconv", points }] })!);
  assert.match(page, /↓ lower is better/);
  assert.match(page, /Dilation, px<\/p>/);
  assert.equal(measureChart({ ...options, series: [] }), undefined);
});

Deno.test("pointNote() leaves out the interval where there is none", () => {
  const measure = MEASURES.find(({ key }) => key === "lpips")!;
  assert.equal(
    pointNote("all", { mean: 0.25, low: null, high: 1, count: 1200 }, measure),
    "all: 0.250, 1,200 pairs",
  );
});
