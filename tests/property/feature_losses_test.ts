/**
 * Laws of the losses over features, on the CPU, with a small network of VGG's build in the place of VGG-16.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import { gramMatrix } from "../../src/ops/gram_matrix.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { Loss, TrainingTask } from "../../src/task/types.ts";
import { computeGradients, disposeGradients } from "../../src/training/gradients.ts";
import { computeObjective, type FeatureExtractor } from "../../src/training/objective.ts";
import { disposeTrainingState } from "../../src/training/state.ts";
import { catalog } from "../../tasks/mod.ts";
import { pconvInitial } from "../../tasks/recipes/pconv_initial.ts";
import { assertAllClose, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { runSmallVgg } from "../support/formula_vgg.ts";
import { formulaBatch, formulaState } from "../support/tiny_run.ts";
import { constantMask, type MaskedCase, maskedCases, noise, RUNS, sizes } from "./arbitraries.ts";

// Three pools need 8 pixels.
const cases = maskedCases(fc.record({
  height: fc.integer({ min: 8, max: 11 }),
  width: fc.integer({ min: 8, max: 11 }),
}));

const losses = [...catalog.losses.values()].map((make) => make()).filter((loss) =>
  loss.needsFeatures
);

const taskOf = (loss: Loss): TrainingTask =>
  compose(loss.name, withLoss(loss, 1), withLearningRate(1), withSteps(1));

/** The objective of a task on random images. */
function objective(
  task: TrainingTask,
  output: tf.Tensor,
  target: Values,
  validMask: Values,
  extractFeatures: FeatureExtractor = runSmallVgg,
): tf.Scalar {
  return computeObjective(task, {
    target: toTensor(target),
    output: output as tf.Tensor4D,
    validMask: toTensor(validMask),
    step: 0,
    extractFeatures,
  }).total;
}

Deno.test("the catalog has the paper's three losses over features", () => {
  assert.deepEqual(losses.map(({ name }) => name).sort(), [
    "perceptual",
    "style-comp",
    "style-out",
  ]);
});

for (const loss of losses) {
  const task = taskOf(loss);

  cpuTest(
    `the loss "${loss.name}" is never negative, with a finite gradient, whatever the mask`,
    () =>
      fc.assert(
        fc.asyncProperty(
          cases,
          fc.constantFrom("random", "all hole", "no hole"),
          async (image, kind) => {
            const shape = [image.n, image.height, image.width, 3];
            const mask = kind === "random"
              ? image.validMask
              : constantMask(image.n, image, kind === "no hole" ? 1 : 0);
            const { value, gradient } = await evaluate(() => {
              const { value, grad } = tf.valueAndGrad((x) =>
                objective(task, x, noise(shape, image.seed), mask)
              )(toTensor(noise(shape, image.seed + 1)));
              return { value, gradient: grad };
            });
            assert.deepEqual(value.shape, []);
            assert.ok(value.data[0]! >= 0, `${value.data[0]}`);
            assert.ok(Array.from(gradient.data).every(Number.isFinite));
          },
        ),
        RUNS,
      ),
  );

  cpuTest(`the loss "${loss.name}" is exactly 0 where output and target are equal`, () =>
    fc.assert(
      fc.asyncProperty(cases, async ({ n, height, width, seed, validMask }) => {
        const target = noise([n, height, width, 3], seed);
        const { value } = await evaluate(() => ({
          value: objective(task, toTensor(target), target, validMask),
        }));
        assert.equal(value.data[0], 0);
      }),
      RUNS,
    ));
}

cpuTest('the loss "style-comp" gives known pixels no gradient, to the bit', () =>
  fc.assert(
    fc.asyncProperty(cases, async ({ n, height, width, seed, validMask }: MaskedCase) => {
      const shape = [n, height, width, 3];
      const task = taskOf(catalog.losses.get("style-comp")!());
      const { known } = await evaluate(() => {
        const gradient = tf.grad((x) => objective(task, x, noise(shape, seed), validMask));
        const dx = gradient(toTensor(noise(shape, seed + 1)));
        return { known: tf.mul(dx, toTensor(validMask)) };
      });
      assert.ok(Array.from(known.data).every((value) => value === 0));
    }),
    RUNS,
  ));

cpuTest("gramMatrix() is symmetric, and the same when pixels change places", () =>
  fc.assert(
    fc.asyncProperty(
      sizes,
      fc.integer({ min: 1, max: 5 }),
      fc.nat(1_000_000),
      async ({ height, width }, channels, seed) => {
        const features = noise([2, height, width, channels], seed);
        const pixels = height * width;
        // A turn by a number of pixels that the seed names, then backwards.
        const from = (pixel: number) => pixels - 1 - (pixel + seed) % pixels;
        const moved = Array.from(features.data, (_, i) => {
          const [c, pixel] = [i % channels, Math.floor(i / channels) % pixels];
          const item = Math.floor(i / channels / pixels);
          return features.data[(item * pixels + from(pixel)) * channels + c]!;
        });
        const { gram, turned, other } = await evaluate(() => {
          const gram = gramMatrix(toTensor(features));
          return {
            gram,
            turned: tf.transpose(gram, [0, 2, 1]),
            other: gramMatrix(toTensor({ shape: features.shape, data: moved })),
          };
        });
        assert.deepEqual(gram.shape, [2, channels, channels]);
        // Values below 1/c: a few steps of float32.
        const tolerance = { rtol: 1e-6, atol: 3e-7 };
        assertAllClose(turned, gram, tolerance, "transposed");
        assertAllClose(other, gram, tolerance, "with pixels moved");
      },
    ),
    RUNS,
  ));

cpuTest(
  "computeObjective() extracts features once an image, and never goes back through the target's",
  async () => {
    const forward: string[] = [];
    const back: string[] = [];
    const shape = [1, 8, 8, 3];
    await evaluate(() => {
      const target = toTensor<tf.Tensor4D>(noise(shape, 1));
      const validMask = toTensor<tf.Tensor4D>(
        { shape: [1, 8, 8, 1], data: Array.from({ length: 64 }, (_, i) => i % 3 === 0 ? 0 : 1) },
      );
      const gradient = tf.grad((output) => {
        const nameOf = (image: tf.Tensor) =>
          image === target ? "target" : image === output ? "output" : "composite";
        const watch = (image: tf.Tensor4D, name: string) =>
          tf.customGrad((x) => ({
            value: tf.clone(x as tf.Tensor),
            gradFunc: (dy: tf.Tensor) => {
              back.push(name);
              return tf.clone(dy);
            },
          }))(image) as tf.Tensor4D;
        return computeObjective(pconvInitial(), {
          target,
          output: output as tf.Tensor4D,
          validMask,
          step: 0,
          extractFeatures: (image) => {
            const name = nameOf(image);
            forward.push(name);
            return runSmallVgg(watch(image, name));
          },
        }).total;
      })(toTensor(noise(shape, 2)));
      return { gradient };
    });
    assert.deepEqual(forward.sort(), ["composite", "output", "target"]);
    assert.deepEqual(back.sort(), ["composite", "output"]);
  },
);

cpuTest(
  "computeGradients() extracts features of three images a step, of rgb01, none of them a parameter",
  async () => {
    const state = formulaState(PRESETS.tiny);
    const masks = ["speckle", "block"] as const;
    const batch = formulaBatch(0, { size: 8, masks });
    const images: tf.Tensor4D[] = [];
    const depths: number[] = [];
    const result = computeGradients({
      task: pconvInitial(),
      config: state.config,
      parameters: state.parameters,
      step: 0,
      batch,
      size: 8,
      extractFeatures: (image) => {
        images.push(tf.keep(tf.clone(image)));
        depths.push(tf.engine().state.gradientDepth);
        return runSmallVgg(image);
      },
    });
    assert.equal(images.length, 3);
    assert.deepEqual([...result.gradients.keys()], [...state.parameters.trained.keys()]);
    // The target is the batch itself, on the scale that the extractor normalises.
    const seen = await Promise.all(images.map((image) => image.data()));
    const isTarget = (data: ArrayLike<number>) =>
      batch.rgb255.every((value, i) => Math.abs(data[i]! - value / 255) < 1e-6);
    // Nothing is recorded for a way back through the target's features.
    assert.deepEqual(seen.map((data, i) => [isTarget(data), depths[i]]), [
      [true, 0],
      [false, 1],
      [false, 1],
    ]);
    tf.dispose(images);
    disposeGradients(result);
    disposeTrainingState(state);
  },
);
