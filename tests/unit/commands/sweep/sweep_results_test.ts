import assert from "node:assert/strict";
import {
  rankTrials,
  sweepCsv,
  sweepMarkdown,
  type TrialResult,
} from "../../../../src/commands/sweep/sweep_results.ts";

const finished = (trial: number, holePsnr: number, ssim: number, l1Percent: number) => ({
  trial,
  losses: { "hole": 3 * trial, "style-out": 0.5 },
  elapsedMs: 90_000 * trial,
  step: 200,
  count: 100,
  psnr: holePsnr + 7,
  holePsnr,
  ssim,
  l1Percent,
});

const RESULTS: readonly TrialResult[] = [
  finished(1, 20.125, 0.8, 3),
  { trial: 2, losses: { "hole": 6, "style-out": 1e6 }, elapsedMs: 6000, failed: 'a "b", c' },
  finished(3, 21.5, 0.7, 4),
  finished(4, 20.125, 0.9, 2),
];

Deno.test("rankTrials() puts the best first, failed ones last and keeps the order of equals", () => {
  const order = (metric: Parameters<typeof rankTrials>[1]) =>
    rankTrials(RESULTS, metric).map(({ trial }) => trial);
  assert.deepEqual(order("holePsnr"), [3, 1, 4, 2]);
  assert.deepEqual(order("ssim"), [4, 1, 3, 2]);
  assert.deepEqual(order("l1Percent"), [4, 1, 3, 2]);
});

Deno.test("sweepMarkdown() says what it shows and what it is sorted by", () => {
  assert.equal(
    sweepMarkdown(RESULTS, "holePsnr"),
    [
      "Means over 100 validation pairs after 200 steps, sorted by hole PSNR, higher is better.",
      "",
      "| trial | hole | style-out | hole PSNR (dB) | PSNR (dB) |   SSIM | l1 (%) | minutes |",
      "| ----: | ---: | --------: | -------------: | --------: | -----: | -----: | ------: |",
      "|     3 |    9 |       0.5 |          21.50 |     28.50 | 0.7000 |  4.000 |     4.5 |",
      "|     1 |    3 |       0.5 |          20.13 |     27.13 | 0.8000 |  3.000 |     1.5 |",
      "|     4 |   12 |       0.5 |          20.13 |     27.13 | 0.9000 |  2.000 |     6.0 |",
      "|     2 |    6 |   1000000 |         failed |    failed | failed | failed |     0.1 |",
    ].join("\n"),
  );
  assert.match(sweepMarkdown(RESULTS, "l1Percent"), /^.* sorted by l1, lower is better\.\n/);
});

Deno.test("sweepMarkdown() says so if no trial could be measured", () => {
  const text = sweepMarkdown(RESULTS.slice(1, 2), "ssim");
  assert.match(text, /^No trial could be measured\.\n\n\| trial \|/);
});

Deno.test("sweepCsv() keeps all digits and quotes what needs it", () => {
  assert.equal(
    sweepCsv(RESULTS.slice(0, 2), "ssim"),
    "trial,hole,style-out,holePsnr,psnr,ssim,l1Percent,count,step,elapsedMs,failed\n" +
      "1,3,0.5,20.125,27.125,0.8,3,100,200,90000,\n" +
      '2,6,1000000,,,,,,,6000,"a ""b"", c"\n',
  );
});
