/**
 * The losses of tasks/losses against PyTorch and against naive loops: values and gradients by the output.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { composite } from "../../src/ops/composite.ts";
import type { Loss, LossInputs } from "../../src/task/types.ts";
import { holeLogMse } from "../../tasks/losses/hole_log_mse.ts";
import { hole } from "../../tasks/losses/hole.ts";
import { totalVariation } from "../../tasks/losses/total_variation.ts";
import { valid } from "../../tasks/losses/valid.ts";
import { assertAllClose } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaMask, formulaTensor, type MaskKind } from "../support/formula_tensor.ts";
import fixture from "./fixtures/losses.json" with { type: "json" };
import {
  referenceHoleLogMse,
  referenceL1,
  type ReferenceLoss,
  type ReferenceLossInput,
  referenceTotalVariation,
} from "./reference/losses.ts";

const [N, H, W] = [2, 6, 7];

const LOSSES: Readonly<Record<string, Loss>> = {
  "hole": hole(),
  "valid": valid(),
  "total-variation": totalVariation(),
  "hole-log-mse": holeLogMse(),
};
const REFERENCES: Readonly<Record<string, (inputs: ReferenceLossInput) => ReferenceLoss>> = {
  "hole": (inputs) => referenceL1(inputs, 0),
  "valid": (inputs) => referenceL1(inputs, 1),
  "total-variation": referenceTotalVariation,
  "hole-log-mse": referenceHoleLogMse,
};

// Measured on the CPU: gradients 4.9e-7 of themselves; values, as its sum adds one number after
// the other: 1.4e-6 of the value.
const GRADIENT = { rtol: 1e-6, atol: 1e-9 };
const VALUE = { rtol: 3e-6, atol: 0 };
const ORACLES_AGREE = { rtol: 1e-7, atol: 1e-10 };

/** As in the generator: output and target are equal in a rectangle, so that |x| is met at 0. */
function inputsOf(masks: MaskKind[]): ReferenceLossInput {
  const ramp = { kind: "ramp", scale: 0.5, shift: 0.5 } as const;
  const target = formulaTensor([N, H, W, 3], { ...ramp, phase: 1 });
  const output = formulaTensor([N, H, W, 3], { ...ramp, phase: 4 });
  const data = Array.from(output.data, (value, i) => {
    const [x, y] = [Math.floor(i / 3) % W, Math.floor(i / 3 / W) % H];
    return y >= 2 && y < 4 && x >= 1 && x < 5 ? target.data[i]! : value;
  });
  return {
    target,
    output: { shape: output.shape, data },
    validMask: formulaMask(masks, H, W),
  };
}

for (const oracle of fixture.cases) {
  const title = `${oracle.name} on ${oracle.masks.join(" and ")}`;
  const inputs = inputsOf(oracle.masks as MaskKind[]);
  const expectedValue = { shape: [], data: [oracle.value] };

  Deno.test(`PyTorch and naive loops agree on the loss ${title}`, () => {
    const { value, gradient } = REFERENCES[oracle.name]!(inputs);
    assertAllClose({ shape: [], data: [value] }, expectedValue, ORACLES_AGREE);
    assertAllClose(gradient, fromFixture(oracle.gradient), ORACLES_AGREE);
  });

  forEachBackend(`the loss equals PyTorch: ${title}`, async () => {
    const loss = LOSSES[oracle.name]!;
    assert.equal(loss.name, oracle.name);
    const result = await evaluate(() => {
      const target = toTensor<tf.Tensor4D>(inputs.target);
      const validMask = toTensor<tf.Tensor4D>(inputs.validMask);
      const run = (output: tf.Tensor) => {
        const lossInputs: LossInputs = {
          target,
          output: output as tf.Tensor4D,
          validMask,
          composite: composite(output as tf.Tensor4D, target, validMask),
          features: () => assert.fail("this loss needs no features"),
        };
        return loss.compute(lossInputs);
      };
      const { value, grad } = tf.valueAndGrad((x) => run(x))(toTensor(inputs.output));
      return { value, gradient: grad };
    });
    assertAllClose(result.value, expectedValue, VALUE, "value");
    assertAllClose(result.gradient, fromFixture(oracle.gradient), GRADIENT, "gradient");
  });
}
