import assert from "node:assert/strict";
import { COMPARED_SCORES, compareRecords } from "../../../src/evaluation/compare.ts";
import { evalRecord, pictureScores } from "./records.ts";

const HOLE_PSNR = COMPARED_SCORES.find(({ name }) => name === "hole.psnr")!;
const L1 = COMPARED_SCORES.find(({ name }) => name === "composite.l1Percent")!;

const record = (pair: number, holePsnr: number | null) =>
  evalRecord({ pair, image: `${pair}.png`, holePsnr });

Deno.test("compareRecords() takes differences on common pairs, whatever their numbers", () => {
  const a = [record(0, 20), record(1, 22), record(2, 30), record(9, 1)];
  const b = [record(2, 29), record(0, 21), { ...record(1, 20), pair: 77 }, record(3, 5)];
  const { differences, onlyA, onlyB } = compareRecords(a, b, HOLE_PSNR);
  assert.deepEqual([onlyA, onlyB], [1, 1]);
  // Differences -1, 2 and 1; wins on two of three; resampled means reach from -1 to 2, so nothing is clear.
  const all = differences.find(({ bin, border }) => bin === "all" && border === "both")!;
  assert.equal(all.pairs, 3);
  assert.ok(Math.abs(all.mean - 2 / 3) < 1e-12);
  assert.equal(all.wins, 2);
  assert.equal(all.verdict, "unclear");
  assert.deepEqual(
    differences.map(({ bin, border }) => `${bin} ${border}`),
    ["2 N", "2 both", "all N", "all both"],
  );
});

Deno.test("compareRecords() calls the better one, also where less is better", () => {
  const many = Array.from({ length: 20 }, (_, i) => i);
  const a = many.map((pair) => record(pair, 20 + pair % 3));
  const b = many.map((pair) => record(pair, 18 + pair % 3));
  const verdict = compareRecords(a, b, HOLE_PSNR).differences.at(-1)!;
  assert.deepEqual(
    [verdict.mean, verdict.low, verdict.high, verdict.wins, verdict.verdict],
    [2, 2, 2, 20, "a"],
  );
  assert.equal(compareRecords(b, a, HOLE_PSNR).differences.at(-1)!.verdict, "b");
  const withL1 = (l1Percent: number) => (pair: number) => ({
    ...record(pair, 20),
    scores: { composite: { ...pictureScores(20), l1Percent }, hole: pictureScores(20) },
  });
  const less = compareRecords(many.map(withL1(1)), many.map(withL1(3)), L1).differences.at(-1)!;
  assert.deepEqual([less.mean, less.wins, less.verdict], [-2, 20, "a"]);
});

Deno.test("compareRecords() leaves out pairs that one of them has no score on", () => {
  const { differences } = compareRecords([record(0, null), record(1, 5)], [
    record(0, 4),
    record(1, 4),
  ], HOLE_PSNR);
  assert.deepEqual(differences.map(({ pairs, verdict }) => [pairs, verdict]), [
    [1, "unclear"],
    [1, "unclear"],
    [1, "unclear"],
    [1, "unclear"],
  ]);
});

Deno.test("compareRecords() calls nobody better on fewer than six pairs", () => {
  const verdicts = [5, 6].map((count) => {
    const pairs = Array.from({ length: count }, (_, i) => i);
    const [a, b] = [30, 20].map((value) => pairs.map((pair) => record(pair, value)));
    return compareRecords(a!, b!, HOLE_PSNR).differences.at(-1)!.verdict;
  });
  assert.deepEqual(verdicts, ["unclear", "a"]);
});
