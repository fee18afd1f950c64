import assert from "node:assert/strict";
import { chartFigure, type ChartFigureOptions } from "../../../src/report/chart_figure.ts";
import type { CurvePoint } from "../../../src/report/curve.ts";
import { htmlText } from "../../../src/report/html.ts";

function figure(points: readonly CurvePoint[], options: Partial<ChartFigureOptions> = {}): string {
  return htmlText(chartFigure({
    title: "hole",
    series: [{ name: "raw", tone: "main", points }],
    headline: 0,
    xRange: [0, 10],
    ...options,
  }));
}

Deno.test("chartFigure() shows the last value, and tells it to those who cannot see the curve", () => {
  const page = figure([[0, 2], [10, 0.51239]]);
  assert.match(page, /<span class="chart-value">0\.5124<\/span>/);
  assert.match(page, /aria-label="hole over steps; 0\.5124 at step 10"/);
});

Deno.test("chartFigure() draws a second axis where values allow it", () => {
  const page = figure([[0, 2], [10, 1]], { hasLogScale: true });
  assert.match(page, /class="chart has-log"/);
  assert.deepEqual([...page.matchAll(/<svg class="(\w+)"/g)].map(([, scale]) => scale), [
    "linear",
    "log",
  ]);
});

Deno.test("chartFigure() says why there is no logarithmic axis", () => {
  const page = figure([[0, 2], [10, 0]], { hasLogScale: true });
  assert.equal(page.includes('<svg class="log"'), false);
  assert.match(page, /Linear: has values that are not above 0/);
});

Deno.test("chartFigure() without values says so", () => {
  const page = figure([], { note: "a note" });
  assert.match(page, /No values yet/);
  assert.match(page, /a note/);
  assert.equal(page.includes("<svg"), false);
});

Deno.test("chartFigure() hands the script points, thinned and rounded", () => {
  const points: CurvePoint[] = Array.from({ length: 20_000 }, (_, i) => [i, Math.sin(i) / 3]);
  const page = figure(points, { xRange: [0, 20_000] });
  const stored = /data-curves="([^"]*)"/.exec(page)![1]!.replaceAll("&quot;", '"');
  const { x, series } = JSON.parse(stored);
  assert.deepEqual(x, [0, 20_000]);
  assert.deepEqual([series[0].name, series[0].tone], ["raw", "main"]);
  assert.ok(series[0].points.length <= 404);
  assert.deepEqual(series[0].points.at(-1), [
    19_999,
    Number((Math.sin(19_999) / 3).toPrecision(5)),
  ]);
  assert.ok(page.length < 30_000, `${page.length} characters`);
});
