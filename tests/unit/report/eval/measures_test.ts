import assert from "node:assert/strict";
import {
  bestOf,
  MEASURE_GROUPS,
  measureArrow,
  measureClass,
  measureOf,
  measurePhrase,
  MEASURES,
  measuresIn,
  measureText,
  measureTitle,
} from "../../../../src/report/eval/measures.ts";
import { estimate, evalRow, evalTable } from "./records.ts";

const of = (key: string) => MEASURES.find((measure) => measure.key === key)!;

Deno.test("MEASURES has each score of a table once, every one in a group", () => {
  // Nine of three views, LPIPS, divergence, inception, time.
  assert.equal(new Set(MEASURES.map(({ key }) => key)).size, 13);
  const groups = MEASURE_GROUPS.map(({ group }) => group);
  for (const { group, key } of MEASURES) assert.ok(groups.includes(group), key);
  assert.deepEqual(MEASURES.slice(0, 3).map(({ key }) => key), [
    "composite.l1Percent",
    "composite.psnr",
    "composite.ssim",
  ]);
});

Deno.test("measureOf() finds scores and times, and what is not there", () => {
  const row = evalRow({ medianMs: 12.5, pairs: 4 });
  assert.equal(measureOf(row, of("composite.psnr"))!.mean, 30);
  assert.equal(measureOf(row, of("lpips")), undefined);
  assert.deepEqual(measureOf(row, of("time")), {
    mean: 12.5,
    low: null,
    high: null,
    deviation: null,
    count: 4,
  });
  assert.equal(measureOf(evalRow({ medianMs: null }), of("time")), undefined);
  assert.equal(measureOf(undefined, of("time")), undefined);
});

Deno.test("measuresIn() leaves out what no row has", () => {
  assert.deepEqual(measuresIn(evalTable()).map(({ key }) => key), [
    "composite.psnr",
    "hole.psnr",
    "time",
  ]);
});

Deno.test("measures are named for every place", () => {
  const psnr = of("hole.psnr");
  assert.equal(measureTitle(psnr), "PSNR, dB");
  assert.equal(measureTitle(of("lpips")), "LPIPS");
  assert.equal(measurePhrase(psnr), "PSNR of the holes");
  assert.equal(measurePhrase(of("raw.ssim")), "SSIM of the raw output");
  assert.equal(measurePhrase(of("composite.ssim")), "SSIM");
  assert.equal(measureClass(psnr), "hole-psnr");
  assert.equal(measureArrow(psnr) + measureArrow(of("hole.l1Percent")), "↑↓");
  assert.equal(measureText(27.716, psnr), "27.72");
});

Deno.test("bestOf() marks what reads as the best, by direction", () => {
  assert.deepEqual(bestOf([20, 21, undefined], of("hole.psnr")), [false, true, false]);
  assert.deepEqual(bestOf([0.2, 0.1], of("lpips")), [false, true]);
  // 20.004 and 20.001 are both printed as 20.00.
  assert.deepEqual(bestOf([20.004, 20.001, 19.99], of("hole.psnr")), [true, true, false]);
  assert.deepEqual(bestOf([20], of("hole.psnr")), [false]);
  assert.deepEqual(bestOf([undefined, estimate(1).mean], of("hole.psnr")), [false, false]);
});
