import assert from "node:assert/strict";
import type { EvalPlan } from "../../../../../src/commands/eval/eval_folder.ts";
import {
  primaryOf,
  superresText,
} from "../../../../../src/commands/eval/superres/superres_output.ts";
import { superresRecordOf } from "../../../evaluation/superres/superres_record_of.ts";
import { parsedEval } from "../parsed_eval.ts";

const plan: EvalPlan = {
  format: "pconv-eval-1",
  shard: [1, 1],
  pairs: 2,
  settings: {},
  methods: { superres: "a", bicubic: "b" },
  facts: [],
  command: "c",
  request: parsedEval("").options,
};

Deno.test("superresText() has tables of all scales, verdicts in words and the grey images", () => {
  const records = [
    superresRecordOf({ isGrey: true }),
    superresRecordOf({ isGrey: true, method: "superres", psnrY: 29 }),
    superresRecordOf({ image: "b.png", scale: 4 }),
  ];
  const text = superresText({ plan, records }, { problems: ["p"], remarks: ["r"] });
  assert.equal(text.title, "2 ways of enlarging, 2 images");
  assert.deepEqual(text.table.scales, [2, 4]);
  assert.deepEqual(text.verdicts, [
    "superres is below bicubic at x2 by 1.00 dB (1 image; too few images to be sure)",
  ]);
  assert.deepEqual(text.remarks, ["r", "Y is the stored grey level of a.png"]);
  assert.deepEqual(text.problems, ["p"]);
});

Deno.test("primaryOf() is the network, or what else is no formula, or the last method", () => {
  assert.equal(primaryOf(["bicubic", "peer", "superres"]), "superres");
  assert.equal(primaryOf(["bicubic", "peer", "other"]), "peer");
  assert.equal(primaryOf(["nearest", "bicubic"]), "bicubic");
  assert.equal(primaryOf([]), "");
});
