import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { LossInputs } from "../../../../src/task/types.ts";
import { perceptual } from "../../../../tasks/losses/perceptual.ts";
import { evaluate } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";

// Values and gradients are compared with PyTorch in tests/oracle.

cpuTest("perceptual() adds up maps of output and composite, each divided by its size", async () => {
  const maps = (a: number[], b: number[]) => [
    tf.tensor4d(a, [1, 1, 2, 2]),
    tf.tensor4d(b, [1, 1, 1, 2]),
  ];
  const { value } = await evaluate(() => {
    const known = {
      target: maps([0, 0, 0, 0], [1, 1]),
      output: maps([1, 1, 1, 1], [1, 3]),
      composite: maps([0, 0, 0, 2], [1, 0]),
    };
    const inputs = { features: (of: keyof typeof known) => known[of] } as unknown as LossInputs;
    return { value: perceptual().compute(inputs) };
  });
  // By hand: 4/4 + 2/2 for the output, 2/4 + 1/2 for the composite.
  assert.equal(value.data[0], 3);
});

Deno.test("perceptual() needs features", () => {
  assert.equal(perceptual().needsFeatures, true);
});
