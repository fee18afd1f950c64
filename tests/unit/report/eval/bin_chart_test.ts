import assert from "node:assert/strict";
import { type Html, htmlText } from "../../../../src/report/html.ts";
import { type BinPoint, drawBinChart } from "../../../../src/report/eval/bin_chart.ts";

const point = (value: number, changes: Partial<BinPoint> = {}): BinPoint => ({
  value,
  low: null,
  high: null,
  note: String(value),
  ...changes,
});

const text = (chart: Html | undefined) => htmlText(chart!);

Deno.test("drawBinChart() puts points over their labels and values on their axis", () => {
  const chart = text(drawBinChart({
    label: "PSNR",
    categories: ["1–10", "10–20"],
    series: [{ name: "pconv", points: [point(10), point(20)] }],
  }));
  // Two slots of 334 / 2 units from 56 on: middles at 139.5 and 306.5. The range of 10 has a rim of 6 % at both ends, so
  // that 10 stands 170 · 0.6 / 11.2 = 9.1 above the bottom at 182, and 20 as much below the top at 12.
  assert.match(chart, /<path class="line" d="M139\.5 172\.9L306\.5 21\.1"\/>/);
  assert.match(chart, /<text class="tick middle" x="139\.5" y="200">1–10<\/text>/);
  assert.match(chart, /aria-label="PSNR"/);
  assert.equal(chart.includes("whisker"), false);
});

Deno.test("drawBinChart() draws intervals within the chart, and shifts methods aside", () => {
  const chart = text(drawBinChart({
    label: "PSNR",
    categories: ["a"],
    series: [
      { name: "pconv", points: [point(10, { low: 0, high: 20 })] },
      { name: "telea", points: [point(10)] },
    ],
  }));
  // 0 and 20 are the ends of the range: 9.1 units within the frame. The slot's middle is 223, methods are 5 apart.
  assert.match(chart, /class="whisker" d="M218\.5 172\.9h4M220\.5 172\.9V21\.1M218\.5 21\.1h4"/);
  assert.match(chart, /<circle class="target" cx="225\.5" cy="97"/);
});

Deno.test("drawBinChart() leaves a gap where a range has no pairs", () => {
  const chart = text(drawBinChart({
    label: "PSNR",
    categories: ["a", "b", "c", "d"],
    series: [{ name: "pconv", points: [point(1), undefined, point(2), point(3)] }],
  }));
  assert.match(chart, /class="line" d="M[\d.]+ [\d.]+M[\d.]+ [\d.]+L[\d.]+ [\d.]+"/);
});

Deno.test("drawBinChart() can be logarithmic, and is nothing without values", () => {
  const series = [{ name: "pconv", points: [1, 10, 100].map((value) => point(value)) }];
  const chart = text(
    drawBinChart({ label: "ms", categories: ["a", "b", "c"], series, scale: "log" }),
  );
  // Equal factors are equal distances: 10 stands in the middle of 12 and 182.
  assert.match(chart, /class="line" d="M[\d.]+ [\d.]+L223 97L/);
  assert.equal(drawBinChart({ label: "", categories: ["a"], series: [] }), undefined);
});

Deno.test("drawBinChart() shows names as text", () => {
  const series = [{ name: "<script>", points: [point(1, { note: '"><b>' })] }];
  const chart = text(drawBinChart({ label: '"', categories: ["<i>"], series }));
  assert.equal(/<script>|<b>|<i>/.test(chart), false);
});
