import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Loss, LossInputs } from "../../../../src/task/types.ts";
import { styleComp, styleOut } from "../../../../tasks/losses/style.ts";
import { evaluate } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";

// Values and gradients are compared with PyTorch in tests/oracle.

/** A 1x2 image of 2 channels, one map. */
async function valueOf(loss: Loss): Promise<number> {
  const map = (data: number[]) => [tf.tensor4d(data, [1, 1, 2, 2])];
  const { value } = await evaluate(() => {
    const known = {
      target: map([0, 0, 0, 0]),
      output: map([1, 0, 1, 0]),
      composite: map([1, 1, 0, 0]),
    };
    const inputs = { features: (of: keyof typeof known) => known[of] } as unknown as LossInputs;
    return { value: loss.compute(inputs) };
  });
  return value.data[0]!;
}

cpuTest(
  "styleOut() compares the output's Gram matrix, scaled once, as a mean over C²",
  async () => {
    // By hand: products [[2, 0], [0, 0]], over c·h·w = 4: [[0.5, 0], [0, 0]]; mean of 4.
    assert.equal(await valueOf(styleOut()), 0.125);
  },
);

cpuTest("styleComp() compares the composite's", async () => {
  // By hand: products [[1, 1], [1, 1]], over 4: all 0.25; mean of 4.
  assert.equal(await valueOf(styleComp()), 0.25);
});

Deno.test("both style losses need features and have names of their own", () => {
  assert.deepEqual(
    [styleOut(), styleComp()].map(({ name, needsFeatures }) => [name, needsFeatures]),
    [
      ["style-out", true],
      ["style-comp", true],
    ],
  );
});
