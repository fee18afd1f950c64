/**
 * The losses over features, and the whole objective of the paper, against PyTorch and against naive loops: values and
 * gradients by the output. Features are those of a small network of VGG's build.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { composite } from "../../src/ops/composite.ts";
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { Loss, TrainingTask } from "../../src/task/types.ts";
import { computeObjective } from "../../src/training/objective.ts";
import { perceptual } from "../../tasks/losses/perceptual.ts";
import { styleComp, styleOut } from "../../tasks/losses/style.ts";
import { pconvInitial } from "../../tasks/recipes/pconv_initial.ts";
import { assertAllClose, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture, type StoredValues } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaMask, formulaTensor, type MaskKind } from "../support/formula_tensor.ts";
import { runSmallVgg } from "../support/formula_vgg.ts";
import equation7 from "./fixtures/equation_7.json" with { type: "json" };
import fixture from "./fixtures/feature_losses.json" with { type: "json" };
import {
  referenceEquation7,
  referencePerceptual,
  referenceStyle,
} from "./reference/feature_losses.ts";
import { referenceFeatures } from "./reference/features.ts";
import type { ReferenceLoss, ReferenceLossInput } from "./reference/losses.ts";

const [N, H, W] = [2, 8, 10];

const taskOf = (loss: Loss): TrainingTask =>
  compose(loss.name, withLoss(loss, 1), withLearningRate(1), withSteps(1));

const TASKS: Readonly<Record<string, TrainingTask>> = {
  "perceptual": taskOf(perceptual()),
  "style-out": taskOf(styleOut()),
  "style-comp": taskOf(styleComp()),
  "equation 7": pconvInitial(),
};
const REFERENCES: Readonly<Record<string, (inputs: ReferenceLossInput) => ReferenceLoss>> = {
  "perceptual": referencePerceptual,
  "style-out": (inputs) => referenceStyle(inputs, "output"),
  "style-comp": (inputs) => referenceStyle(inputs, "composite"),
  "equation 7": referenceEquation7,
};

const ORACLES_AGREE = { rtol: 1e-7, atol: 1e-8 };
// Measured on both backends: features 4.6e-7 absolute on values up to 5; losses 2.5e-7 of themselves; gradients 1.3e-8
// absolute, those of equation 7, up to 6.5, 7.5e-7.
const FEATURE = { rtol: 1e-6, atol: 1e-6 };
const VALUE = { rtol: 1e-6, atol: 0 };
const GRADIENTS = {
  losses: { rtol: 1e-6, atol: 3e-8 },
  objective: { rtol: 1e-6, atol: 2e-6 },
};

/** As in the generator: output and target are equal in a rectangle, so that |x| is met at 0. */
function inputsOf(masks: readonly string[]): ReferenceLossInput {
  const target = formulaTensor([N, H, W, 3], { phase: 1, scale: 0.5, shift: 0.5 });
  const output = formulaTensor([N, H, W, 3], { phase: 4, scale: 0.5, shift: 0.5 });
  const data = Array.from(output.data, (value, i) => {
    const [x, y] = [Math.floor(i / 3) % W, Math.floor(i / 3 / W) % H];
    return y >= 2 && y < 6 && x >= 1 && x < 7 ? target.data[i]! : value;
  });
  return {
    target,
    output: { shape: output.shape, data },
    validMask: formulaMask(masks as MaskKind[], H, W),
  };
}

for (const oracle of [...fixture.cases, ...equation7.cases]) {
  const title = `${oracle.name} on ${oracle.masks.join(" and ")}`;
  const inputs = inputsOf(oracle.masks);
  const expectedValue = { shape: [], data: [oracle.value] };

  Deno.test(`PyTorch and naive loops agree on ${title}`, () => {
    const { value, gradient } = REFERENCES[oracle.name]!(inputs);
    assertAllClose({ shape: [], data: [value] }, expectedValue, ORACLES_AGREE);
    assertAllClose(gradient, fromFixture(oracle.gradient), ORACLES_AGREE);
  });

  forEachBackend(`the objective equals PyTorch: ${title}`, async () => {
    const task = TASKS[oracle.name]!;
    const result = await evaluate(() => {
      const target = toTensor<tf.Tensor4D>(inputs.target);
      const validMask = toTensor<tf.Tensor4D>(inputs.validMask);
      const run = (output: tf.Tensor) =>
        computeObjective(task, {
          target,
          output: output as tf.Tensor4D,
          validMask,
          step: 0,
          extractFeatures: runSmallVgg,
        }).total;
      const { value, grad } = tf.valueAndGrad((x) => run(x))(toTensor(inputs.output));
      return { value, gradient: grad };
    });
    assertAllClose(result.value, expectedValue, VALUE, "value");
    const tolerance = GRADIENTS[oracle.name === "equation 7" ? "objective" : "losses"];
    assertAllClose(result.gradient, fromFixture(oracle.gradient), tolerance, "gradient");
  });
}

for (const { masks, features } of equation7.cases) {
  const inputs = inputsOf(masks);
  const stored = (name: string) =>
    (features as Record<string, StoredValues[]>)[name]!.map(fromFixture);

  forEachBackend(`the small network equals PyTorch on ${masks.join(" and ")}`, async () => {
    const result: Record<string, Values> = await evaluate(() => {
      const [output, target, mask] = [inputs.output, inputs.target, inputs.validMask]
        .map((values) => toTensor<tf.Tensor4D>(values)) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      const images = { output, target, composite: composite(output, target, mask) };
      return Object.fromEntries(
        Object.entries(images).flatMap(([name, image]) =>
          runSmallVgg(image).map((map, p) => [`${name}/${p}`, map])
        ),
      );
    });
    assert.equal(Object.keys(result).length, 9);
    for (const name of Object.keys(features)) {
      stored(name).forEach((map, p) =>
        assertAllClose(result[`${name}/${p}`]!, map, FEATURE, `${name}, map ${p}`)
      );
    }
  });

  Deno.test(`PyTorch and naive loops agree on the small network on ${masks.join(" and ")}`, () => {
    for (const name of ["output", "target"] as const) {
      const { maps } = referenceFeatures(inputs[name]);
      maps.forEach((map, p) => assertAllClose(map, stored(name)[p]!, ORACLES_AGREE));
    }
  });
}
