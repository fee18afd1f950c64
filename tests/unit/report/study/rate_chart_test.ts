import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { drawRateChart, rateTone } from "../../../../src/report/study/rate_chart.ts";

const point = (rate: number) => ({ rate, low: rate - 0.1, high: rate + 0.1 });

Deno.test("drawRateChart() places rates between 0 and 100 %, with their intervals", () => {
  const text = htmlText(drawRateChart({
    label: "rates",
    columns: ["a", "b"],
    series: [{ name: "one", tone: "lane-0", points: [point(0.5), point(0.75)] }],
  }));
  // The plot is 348 wide from 46 and 192 high from 10: columns at 1/4 and 3/4, 50 % at 202 - 96, 75 % at 202 - 144.
  assert.match(text, /<path d="M133 106L307 58"\/>/);
  // 40 % to 60 %: 202 - 76.8 to 202 - 115.2.
  assert.match(text, /<path class="whisker" d="M133 125\.2V86\.8"\/><circle cx="133" cy="106"/);
  assert.match(text, /class="grid even" d="M46 106H394"/);
  assert.deepEqual([...text.matchAll(/>(\d+ %)</g)].map(([, label]) => label), [
    "0 %",
    "25 %",
    "50 %",
    "75 %",
    "100 %",
  ]);
});

Deno.test("drawRateChart() breaks curves where there is no rate and after columns that stand apart", () => {
  const path = (points: (ReturnType<typeof point> | undefined)[], apart: number) =>
    /<path d="([^"]+)"/.exec(htmlText(drawRateChart({
      label: "rates",
      columns: ["a", "b", "c", "d"],
      series: [{ name: "one", tone: "lane-0", points }],
      apart,
    })))![1]!.replace(/[^ML]/g, "");
  const all = [point(0.5), point(0.5), point(0.5), point(0.5)];
  assert.equal(path(all, 0), "MLLL");
  assert.equal(path(all, 1), "MMLL");
  assert.equal(path([point(0.5), undefined, point(0.5), point(0.5)], 0), "MML");
});

Deno.test("drawRateChart() puts curves beside each other", () => {
  const text = htmlText(drawRateChart({
    label: "rates",
    columns: ["a"],
    series: ["one", "two"].map((name) => ({ name, tone: "lane-0", points: [point(0.5)] })),
  }));
  // Five units apart around the middle, 220.
  assert.deepEqual([...text.matchAll(/cx="([\d.]+)"/g)].map(([, x]) => x), ["217.5", "222.5"]);
});

Deno.test("drawRateChart() shows names as text", () => {
  const text = htmlText(
    drawRateChart({
      label: '"<',
      columns: ["<b>"],
      series: [{ name: "<i>", tone: "lane-0", points: [point(0.5)] }],
    }),
  );
  assert.equal(/<b>|<i>|""/.test(text), false);
});

Deno.test("rateTone() tells eight curves apart", () => {
  assert.equal(new Set(Array.from({ length: 8 }, (_, i) => rateTone(i))).size, 8);
  assert.equal(rateTone(0), "lane-0");
  assert.equal(rateTone(5), "lane-1 dashed");
});
