import assert from "node:assert/strict";
import { summariseSuperres } from "../../../../src/evaluation/superres/summarise_superres.ts";
import { superresRecordOf } from "./superres_record_of.ts";

/** Seven pictures; the network is better by 1, 2, ... 7 tenths of a decibel. */
const records = [..."abcdefg"].flatMap((name, i) => [
  superresRecordOf({ image: name, psnrY: 30 + i, elapsedMs: i }),
  superresRecordOf({ image: name, method: "net", psnrY: 30 + i + (i + 1) / 10, elapsedMs: null }),
]);
const options = { methods: ["net", "bicubic"], scales: [3, 2] };

Deno.test("summariseSuperres() has means, counts and times by scale and method", () => {
  const equal = superresRecordOf({ scale: 3, psnrY: null, ssimY: null, psnrRgb: 50 });
  const table = summariseSuperres([...records, equal], options);
  assert.deepEqual([table.scales, table.methods], [[2, 3], ["net", "bicubic"]]);
  const [net, bicubic, third] = table.rows;
  assert.deepEqual([net!.scale, net!.method, net!.images, net!.medianMs], [2, "net", 7, null]);
  // Mean of 30 to 36, and 4/10 more.
  assert.ok(Math.abs(bicubic!.scores.psnrY!.mean - 33) < 1e-12);
  assert.ok(Math.abs(net!.scores.psnrY!.mean - 33.4) < 1e-12);
  assert.equal(bicubic!.medianMs, 3);
  assert.ok(bicubic!.scores.psnrY!.low! < 33 && bicubic!.scores.psnrY!.high! > 33);
  assert.equal(table.rows.length, 3);
  assert.deepEqual([third!.scale, third!.identical, third!.scores.psnrY], [3, 1, undefined]);
  assert.equal(third!.scores.psnrRgb!.mean, 50);
});

Deno.test("summariseSuperres() compares with bicubic picture by picture", () => {
  const { differences } = summariseSuperres(records, options);
  const [psnr, ssim] = differences;
  assert.equal(differences.length, 2);
  assert.deepEqual([psnr!.method, psnr!.score, psnr!.images, psnr!.wins], ["net", "psnrY", 7, 7]);
  // The pictures themselves differ by up to 6 dB; the differences only by tenths, so the interval is narrow.
  assert.ok(Math.abs(psnr!.mean - 0.4) < 1e-12);
  assert.ok(psnr!.low! > 0.2 && psnr!.high! < 0.6);
  assert.equal(psnr!.verdict, "better");
  assert.deepEqual([ssim!.score, ssim!.mean, ssim!.wins, ssim!.verdict], [
    "ssimY",
    0,
    0,
    "unclear",
  ]);
});

Deno.test("summariseSuperres() calls nobody better on five pictures, nor without common ones", () => {
  const five = records.slice(0, 10);
  assert.equal(summariseSuperres(five, options).differences[0]!.verdict, "unclear");
  const apart = [superresRecordOf(), superresRecordOf({ image: "z", method: "net" })];
  assert.deepEqual(summariseSuperres(apart, options).differences, []);
});

Deno.test("summariseSuperres() gives the same table whatever the order of the lines", () => {
  assert.deepEqual(
    summariseSuperres(records.toReversed(), options),
    summariseSuperres(records, options),
  );
});

Deno.test("summariseSuperres() says worse where bicubic is better", () => {
  const worse = records.map((record) =>
    record.method === "net" ? { ...record, psnrY: record.psnrY! - 2 } : record
  );
  const [psnr] = summariseSuperres(worse, options).differences;
  assert.deepEqual([psnr!.verdict, psnr!.wins], ["worse", 0]);
  assert.ok(Math.abs(psnr!.mean + 1.6) < 1e-12);
});
