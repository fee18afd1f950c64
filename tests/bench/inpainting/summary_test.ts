import assert from "node:assert/strict";
import type { HoleBin } from "../../../src/metrics/hole_bin.ts";
import type { PairScores, Score } from "./scores.ts";
import { beatsOpencv, summarise } from "./summary.ts";

function score(holePsnr: number, elapsedMs = 0): Score {
  return { holePsnr, psnr: holePsnr + 3, holeL1: 100 / holePsnr, ssim: holePsnr / 40, elapsedMs };
}

/** A pair with the hole PSNR of our network, Telea and Navier-Stokes. */
function pair(bin: HoleBin["bin"], [ours, telea, ns]: number[], elapsedMs = 0): PairScores {
  const scores = {
    pconv: score(ours!, elapsedMs),
    base: score(20),
    telea: score(telea!),
    ns: score(ns!),
    mean: score(10),
  };
  return { image: "i", mask: "m", bin, ratio: 0.15, border: "N", scores };
}

const PAIRS = [
  pair(1, [25, 20, 22], 10),
  pair(1, [20, 20, 16], 50),
  pair(1, [30, 20, 25], 20),
  pair(5, [18, 19, 14], 30),
];

Deno.test("summarise() makes one row per bin that occurs and one for all", () => {
  const rows = summarise(PAIRS);
  assert.deepEqual(rows.map(({ label, pairs }) => [label, pairs]), [
    ["(0.1, 0.2]", 3],
    ["(0.5, 0.6]", 1],
    ["all", 4],
  ]);
  assert.deepEqual(summarise([pair("above", [1, 1, 1]), pair("below", [1, 1, 1])]).map(labelOf), [
    "at most 0.01",
    "above 0.6",
    "all",
  ]);
  assert.deepEqual(summarise([]), []);
});

Deno.test("summarise() averages scores and takes the median of times", () => {
  const [row, , all] = summarise(PAIRS);
  // (25 + 20 + 30) / 3, 3 dB more for the whole image, and so on: by hand from `score` above.
  assert.deepEqual(row!.methods.pconv, {
    holePsnr: 25,
    psnr: 28,
    holeL1: (4 + 5 + 100 / 30) / 3,
    ssim: (25 / 40 + 20 / 40 + 30 / 40) / 3,
    elapsedMs: 20,
  });
  assert.equal(row!.methods.telea.holePsnr, 20);
  assert.equal(row!.methods.ns.holePsnr, 21);
  assert.equal(all!.methods.pconv.elapsedMs, 25); // between 20 and 30
});

Deno.test("summarise() compares pair by pair with standard error and wins", () => {
  const [row, single] = summarise(PAIRS);
  // Differences to Telea 5, 0, 10: mean 5, sample variance 25, so the error is 5 / √3; a tie is no win.
  assert.equal(row!.versusTelea.mean, 5);
  assert.ok(Math.abs(row!.versusTelea.standardError - 5 / Math.sqrt(3)) < 1e-12);
  assert.equal(row!.versusTelea.wins, 2 / 3);
  // Differences to Navier-Stokes 3, 4, 5.
  assert.equal(row!.versusNs.mean, 4);
  assert.ok(Math.abs(row!.versusNs.standardError - 1 / Math.sqrt(3)) < 1e-12);
  assert.equal(row!.versusNs.wins, 1);
  // The base has 20 everywhere: differences 5, 0, 10.
  assert.equal(row!.versusBase.mean, 5);
  // The better one has 22, 20, 25: differences 3, 0, 5.
  assert.ok(Math.abs(row!.versusBest.mean - 8 / 3) < 1e-12);
  assert.equal(row!.versusBest.wins, 2 / 3);
  assert.equal(single!.versusBest.mean, -1);
  assert.ok(Number.isNaN(single!.versusBest.standardError));
});

Deno.test("beatsOpencv() asks for a higher mean than both methods", () => {
  assert.deepEqual(summarise(PAIRS).map(beatsOpencv), [true, false, true]);
  // Above Telea alone is not enough, and neither is a tie.
  assert.deepEqual(summarise([pair(0, [20, 19, 21])]).map(beatsOpencv), [false, false]);
  assert.deepEqual(summarise([pair(0, [20, 20, 19])]).map(beatsOpencv), [false, false]);
});

function labelOf({ label }: { label: string }): string {
  return label;
}
