import assert from "node:assert/strict";
import { htmlText } from "../../../src/report/html.ts";
import { CHART_FRAME, drawChart, type DrawChartOptions } from "../../../src/report/svg_chart.ts";

const { left, right, top, bottom } = CHART_FRAME;

function draw(options: Partial<DrawChartOptions> = {}): string {
  return htmlText(drawChart({
    label: "loss",
    series: [{ name: "raw", tone: "main", points: [[0, 1], [50, 3], [100, 2]] }],
    xRange: [0, 100],
    scale: "linear",
    ...options,
  }));
}

/** Coordinates of the curves. */
function curves(svg: string): [x: number, y: number][][] {
  return [...svg.matchAll(/<g class="curve[^>]*>.*?<path d="([^"]*)"/g)].map(([, path]) =>
    path!.slice(1).split("L").map((pair) => pair.split(" ").map(Number) as [number, number])
  );
}

Deno.test("drawChart() draws low values low and late ones right", () => {
  const [points] = curves(draw());
  assert.deepEqual(points!.map(([x]) => x), [left, (left + right) / 2, right]);
  const [first, second, third] = points!.map(([, y]) => y);
  assert.ok(second! < third! && third! < first!, "y grows downwards");
  assert.ok(second! > top && first! < bottom, "there is room above and below");
});

Deno.test("drawChart() draws equal ratios at equal distances on a logarithmic axis", () => {
  const series = [{ name: "a", tone: "main", points: [[0, 1], [1, 10], [2, 100]] as const }];
  const [points] = curves(draw({ series, xRange: [0, 2], scale: "log" }));
  const [first, second, third] = points!.map(([, y]) => y);
  assert.ok(Math.abs((first! - second!) - (second! - third!)) < 0.11, "but for rounding");
});

Deno.test("drawChart() draws a single point as a dot", () => {
  const series = [{ name: "a", tone: "main", points: [[5, 1]] as const }];
  assert.equal(draw({ series, xRange: [0, 5] }).match(/<circle/g)?.length, 1);
  assert.equal(draw().includes("<circle"), false);
});

Deno.test("drawChart() marks every point where it should", () => {
  const series = [{ name: "a", tone: "main", points: [[0, 1], [5, 2]] as const, dots: true }];
  assert.equal(draw({ series }).match(/<circle/g)?.length, 2);
});

Deno.test("drawChart() labels whole steps only", () => {
  const svg = draw({ xRange: [0, 2] });
  const labels = [...svg.matchAll(/y="200">([^<]*)</g)].map(([, label]) => label);
  assert.deepEqual(labels, ["0", "1", "2"]);
});

Deno.test("drawChart() gives each band a lane and keeps its label inside", () => {
  const bands = [
    { label: "first", ranges: [[0, 50]] as const },
    { label: "a long name of something that is held late", ranges: [[80, 100]] as const },
  ];
  const svg = draw({ bands });
  const boxes = [
    ...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
  ]
    .map(([, ...numbers]) => numbers.map(Number));
  const lane = (bottom - top) / 2;
  const wide = right - left;
  assert.deepEqual(boxes, [
    [left, top, wide / 2, lane],
    [left + wide * 0.8, top + lane, Math.round(wide * 2) / 10, lane],
  ]);
  assert.match(svg, /class="start"[^>]*>first</);
  assert.match(svg, /class="end"[^>]*>a long name/);
});

Deno.test("drawChart() draws a mark with its label", () => {
  const svg = draw({ mark: { x: 50, label: "best" } });
  assert.match(svg, new RegExp(`<path d="M${(left + right) / 2} ${top}V${bottom}"/>`));
  assert.match(svg, />best</);
});

Deno.test("drawChart() escapes names", () => {
  const evil = '"><script>';
  const svg = draw({
    label: evil,
    series: [{ name: evil, tone: "main", points: [[0, 1]] }],
    bands: [{ label: evil, ranges: [[0, 1]] }],
    mark: { x: 1, label: evil },
  });
  assert.equal(svg.includes("<script"), false);
  assert.equal(svg.match(/&quot;&gt;&lt;script&gt;/g)?.length, 4);
});
