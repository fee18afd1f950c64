import assert from "node:assert/strict";
import { scoreOf, summarise } from "../../../src/evaluation/summarise.ts";
import { evalRecord, pictureScores } from "./records.ts";

const methods = ["pconv", "telea"];

Deno.test("summarise() makes rows by dilation, bin, border and method, and leaves empty classes out", () => {
  const records = [
    evalRecord({ pair: 0, holePsnr: 20 }),
    evalRecord({ pair: 1, holePsnr: 24, border: "B" }),
    evalRecord({ pair: 0, holePsnr: 10, method: "telea", elapsedMs: null }),
    evalRecord({ pair: 2, holePsnr: 40, bin: "above", ratio: 0.7 }),
    evalRecord({ pair: 0, holePsnr: 5, dilate: 9, bin: 3 }),
    evalRecord({ pair: 0, holePsnr: 99, method: "unknown" }),
  ];
  const table = summarise(records, { methods });
  assert.deepEqual(table.methods, methods);
  assert.deepEqual(table.dilations, [0, 9]);
  const rows = table.rows.map(({ dilate, bin, border, method, pairs, scores }) =>
    [dilate, bin, border, method, pairs, scores["hole.psnr"]!.mean].join(" ")
  );
  assert.deepEqual(rows, [
    "0 2 N pconv 1 20",
    "0 2 N telea 1 10",
    "0 2 B pconv 1 24",
    "0 2 both pconv 2 22",
    "0 2 both telea 1 10",
    "0 above N pconv 1 40",
    "0 above both pconv 1 40",
    // "all" is the six bins: without the pair of ratio 0.7.
    "0 all N pconv 1 20",
    "0 all N telea 1 10",
    "0 all B pconv 1 24",
    "0 all both pconv 2 22",
    "0 all both telea 1 10",
    "9 3 N pconv 1 5",
    "9 3 both pconv 1 5",
    "9 all N pconv 1 5",
    "9 all both pconv 1 5",
  ]);
  assert.equal(table.rows[0]!.medianMs, 10);
  assert.equal(table.rows[1]!.medianMs, null);
});

Deno.test("summarise() counts identical pairs apart and leaves them out of the mean of PSNR alone", () => {
  const records = [
    evalRecord({ pair: 0, holePsnr: null }),
    evalRecord({ pair: 1, holePsnr: 30 }),
  ];
  const row = summarise(records, { methods }).rows[0]!;
  assert.equal(row.pairs, 2);
  assert.equal(row.identical, 1);
  assert.deepEqual(row.scores["hole.psnr"], {
    mean: 30,
    low: null,
    high: null,
    deviation: null,
    count: 1,
  });
  assert.equal(row.scores["hole.ssim"]!.count, 2);
});

Deno.test("summarise() does not depend on the order of lines, so shards give the table of one run", () => {
  const records = Array.from(
    { length: 12 },
    (_, pair) => evalRecord({ pair, holePsnr: 20 + (pair * 7) % 5, bin: pair % 2 }),
  );
  const shards = [...records.filter((_, i) => i % 3 === 2), ...records.filter((_, i) => i % 3 < 2)];
  assert.deepEqual(summarise(shards, { methods }), summarise(records, { methods }));
});

Deno.test("summarise() takes the inception score of all posteriors of a class at once", () => {
  const posterior = (values: number[]) =>
    new Uint8Array(Float32Array.from(values).buffer).toBase64();
  const records = [
    evalRecord({ pair: 0, posterior: posterior([1, 0]), divergence: 0.5 }),
    evalRecord({ pair: 1, posterior: posterior([0, 1]), divergence: 1.5 }),
  ];
  const row = summarise(records, { methods }).rows.find(({ border }) => border === "both")!;
  // Two certain and different answers: exp(mean of log(1 / 0.5)) = 2.
  assert.ok(Math.abs(row.scores.inception!.mean - 2) < 1e-12);
  assert.equal(row.scores.divergence!.mean, 1);
  assert.equal(row.scores.lpips, undefined);
});

Deno.test("scoreOf() reads every kind of score", () => {
  const record = evalRecord({ lpips: 0.25, holePsnr: 12 });
  assert.equal(scoreOf(record, "lpips"), 0.25);
  assert.equal(scoreOf(record, "hole.psnr"), 12);
  assert.equal(scoreOf(record, "raw.psnr"), undefined);
  const scores = { composite: pictureScores(null), hole: pictureScores(null) };
  assert.equal(scoreOf({ ...record, scores }, "hole.psnr"), undefined);
});
