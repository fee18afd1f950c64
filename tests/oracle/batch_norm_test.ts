/**
 * Batch normalisation against PyTorch and against naive loops, in both modes.
 */
import * as tf from "@tensorflow/tfjs";
import {
  BATCH_NORM_MOMENTUM,
  type BatchNormAffine,
  batchNormStored,
  batchNormTraining,
} from "../../src/ops/batch_norm.ts";
import { assertAllClose, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture, type StoredValues } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaTensor } from "../support/formula_tensor.ts";
import fixture from "./fixtures/batch_norm.json" with { type: "json" };
import { referenceBatchNorm } from "./reference/batch_norm.ts";

const [training, stored] = fixture.cases as [typeof fixture.cases[0], typeof fixture.cases[0]];
const { shape } = training;
const channels = shape[3]!;

// As in the generator. The input lies around 8: a variance by E[x²] - E[x]² would lose its digits there.
const x = formulaTensor(shape, { phase: 3, shift: 8 });
const dy = formulaTensor(shape, { phase: 4 });
const gamma = formulaTensor([channels], { phase: 1, scale: 0.5, shift: 1 });
const beta = formulaTensor([channels], { phase: 2 });
const updates = [0, 1, 2].map((step) =>
  formulaTensor(shape, { phase: 10 + step, scale: 3, shift: 2 * step })
);

const ORACLES_AGREE = { rtol: 1e-7, atol: 1e-8 };

// Measured on the CPU: 6.7e-6 absolute, at most 0.37 of this; inputs around 8 have float32 steps of 9.5e-7.
const TOLERANCE = { rtol: 1e-5, atol: 5e-6 };

const blend = (old: number, fresh: number) =>
  (1 - BATCH_NORM_MOMENTUM) * old + BATCH_NORM_MOMENTUM * fresh;

const KEYS = ["output", "inputGradient", "gammaGradient", "betaGradient"] as const;

for (const oracle of fixture.cases) {
  Deno.test(`PyTorch and naive loops agree on batch norm: ${oracle.name}`, () => {
    const statistics = {
      mean: fromFixture(stored.runningMean),
      variance: fromFixture(stored.runningVariance),
    };
    const own = oracle.name === "training" ? {} : { stored: statistics };
    const result = referenceBatchNorm({ x, gamma, beta, dy, ...own });
    for (const key of KEYS) {
      assertAllClose(result[key], fromFixture(oracle[key]), ORACLES_AGREE, key);
    }
  });
}

Deno.test("PyTorch and naive loops agree on running statistics", () => {
  let [mean, variance] = [new Array<number>(channels).fill(0), new Array<number>(channels).fill(1)];
  for (const update of updates) {
    const fresh = referenceBatchNorm({ x: update, gamma, beta, dy });
    mean = mean.map((old, c) => blend(old, fresh.mean.data[c]!));
    variance = variance.map((old, c) => blend(old, fresh.variance.data[c]!));
  }
  assertAllClose(
    { shape: [channels], data: mean },
    fromFixture(training.runningMean),
    ORACLES_AGREE,
  );
  assertAllClose(
    { shape: [channels], data: variance },
    fromFixture(training.runningVariance),
    ORACLES_AGREE,
  );
});

forEachBackend("batchNormTraining() equals PyTorch, gradients too", async () => {
  await checkMode(training, (image, affine) => {
    const { output, statistics } = batchNormTraining(image, affine);
    tf.dispose([statistics.mean, statistics.variance]);
    return output;
  });
});

forEachBackend("batchNormStored() equals PyTorch, gradients too", async () => {
  await checkMode(stored, (image, affine) =>
    batchNormStored(image, affine, {
      mean: toTensor(fromFixture(stored.runningMean)),
      variance: toTensor(fromFixture(stored.runningVariance)),
    }));
});

forEachBackend("batchNormTraining() gives the statistics of PyTorch's running ones", async () => {
  let [mean, variance] = [new Array<number>(channels).fill(0), new Array<number>(channels).fill(1)];
  for (const update of updates) {
    const fresh = await evaluate(() => {
      const affine = { gamma: toTensor<tf.Tensor1D>(gamma), beta: toTensor<tf.Tensor1D>(beta) };
      return { ...batchNormTraining(toTensor(update), affine).statistics };
    });
    mean = mean.map((old, c) => blend(old, fresh.mean.data[c]!));
    variance = variance.map((old, c) => blend(old, fresh.variance.data[c]!));
  }
  const check = (data: number[], expected: StoredValues, what: string) =>
    assertAllClose({ shape: [channels], data }, fromFixture(expected), TOLERANCE, what);
  check(mean, training.runningMean, "running mean");
  check(variance, training.runningVariance, "running variance");
});

async function checkMode(
  oracle: typeof training,
  normalise: (image: tf.Tensor4D, affine: BatchNormAffine) => tf.Tensor4D,
): Promise<void> {
  const run = (image: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
    normalise(image as tf.Tensor4D, { gamma: gamma as tf.Tensor1D, beta: beta as tf.Tensor1D });
  const result: Record<string, Values> = await evaluate(() => {
    const inputs = [x, gamma, beta].map((input) => toTensor(input));
    const gradients = tf.grads((image, gamma, beta) => run(image!, gamma!, beta!))(
      inputs,
      toTensor(dy),
    );
    const [inputGradient, gammaGradient, betaGradient] = gradients;
    return {
      output: run(inputs[0]!, inputs[1]!, inputs[2]!),
      inputGradient: inputGradient!,
      gammaGradient: gammaGradient!,
      betaGradient: betaGradient!,
    };
  });
  for (const key of KEYS) assertAllClose(result[key]!, fromFixture(oracle[key]), TOLERANCE, key);
}
