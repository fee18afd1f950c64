/**
 * Whole networks and two training steps of each against PyTorch.
 *
 * The loop itself is under test in the second half: losses, gradients through Adam, running statistics.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { disposeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import type { HoleValue, UNetConfig } from "../../src/model/unet_config.ts";
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import { train } from "../../src/training/loop.ts";
import { computeObjective } from "../../src/training/objective.ts";
import { disposeTrainingState } from "../../src/training/state.ts";
import { hole } from "../../tasks/losses/hole.ts";
import { valid } from "../../tasks/losses/valid.ts";
import { assertAllClose, type Tolerance, type Values } from "../support/assert_all_close.ts";
import { evaluate, read, toTensor } from "../support/evaluate.ts";
import { fromFixture, type StoredValues } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaMask, type MaskKind } from "../support/formula_tensor.ts";
import { formulaBatch, formulaParameters, formulaState } from "../support/tiny_run.ts";
import tiny from "./fixtures/tiny_unet.json" with { type: "json" };
import pyramidBatchNorm from "./fixtures/tiny_unet_pyramid_batch_norm.json" with { type: "json" };
import deep from "./fixtures/tiny_unet_deep.json" with { type: "json" };
import pyramid from "./fixtures/tiny_unet_pyramid.json" with { type: "json" };
import typical from "./fixtures/tiny_unet_typical.json" with { type: "json" };

/** How many values of a long tensor the generator keeps. */
const KEPT = 40;

// Measured, worst of the five networks. CPU: output 1.8e-5 relative, gradients 1.2e-5 absolute, parameters after two
// steps 7.5e-6 absolute; the software GPU much the same. Other GPUs round differently, and Adam turns the rounding of a
// gradient near 0 into a step, hence the room.
const TOLERANCES = {
  cpu: { forward: { rtol: 3e-5, atol: 1e-5 }, gradient: { rtol: 1e-3, atol: 2e-5 } },
  gpu: { forward: { rtol: 1e-4, atol: 1e-4 }, gradient: { rtol: 1e-2, atol: 1e-4 } },
};
const LOSS = { cpu: { rtol: 1e-5, atol: 0 }, gpu: { rtol: 1e-4, atol: 0 } };

interface Oracle {
  readonly name: string;
  readonly encoder: readonly (readonly number[])[];
  readonly base: string;
  readonly normalisation: string;
  readonly convolution?: string;
  readonly holeValue?: string;
  readonly size: number;
  readonly masks: readonly string[];
  readonly rates: readonly number[];
  readonly storedOutput: StoredValues;
  readonly trainingOutput: StoredValues;
  readonly gradients: Readonly<Record<string, StoredValues>>;
  readonly losses: readonly Readonly<Record<string, number>>[];
  readonly parametersAfter: Readonly<Record<string, StoredValues>>;
  readonly statisticsAfter: Readonly<
    Record<string, { mean: StoredValues; variance: StoredValues }>
  >;
}

for (
  const { cases: [oracle] } of [tiny, pyramid, pyramidBatchNorm, deep, typical] as unknown as {
    cases: [Oracle];
  }[]
) {
  const { name, size, rates } = oracle;
  const config: UNetConfig = {
    encoder: oracle.encoder.map(([kernel, channels]) => ({
      kernel: kernel!,
      channels: channels!,
    })),
    base: oracle.base as UNetConfig["base"],
    normalisation: oracle.normalisation as UNetConfig["normalisation"],
    ...(oracle.convolution === "typical"
      ? { convolution: "typical", holeValue: oracle.holeValue as HoleValue }
      : {}),
    range: "[0,1]",
  };
  const masks = oracle.masks as MaskKind[];
  const task = compose(
    "oracle",
    withLoss(valid(), 1),
    withLoss(hole(), 6),
    withLearningRate((step) => rates[step]!),
    withSteps(rates.length),
  );
  const inputs = () => {
    const { rgb255 } = formulaBatch(0, { size, masks });
    const shape: [number, number, number, number] = [masks.length, size, size, 3];
    return {
      features: tf.div(tf.tensor4d(rgb255, shape, "float32"), 255) as tf.Tensor4D,
      validMask: toTensor<tf.Tensor4D>(formulaMask(masks, size, size)),
    };
  };

  forEachBackend(`runUNet() equals PyTorch with stored statistics: ${name}`, async (device) => {
    const parameters = formulaParameters(config);
    const { output } = await evaluate(() => ({
      output: runUNet(config, parameters, inputs()).output,
    }));
    disposeParameters(parameters);
    checkEveryFew(output, oracle.storedOutput, TOLERANCES[device].forward, "output");
  });

  forEachBackend(
    `runUNet() equals PyTorch with batch statistics, and all gradients: ${name}`,
    async (device) => {
      const parameters = formulaParameters(config);
      const trained = [...parameters.trained];
      const result: Record<string, Values> = await evaluate(() => {
        const masked = inputs();
        let network: tf.Tensor4D | undefined;
        const { grads } = tf.variableGrads(() => {
          const { output, batchStatistics } = runUNet(config, parameters, masked, {
            usesBatchStatistics: () => true,
          });
          for (const { mean, variance } of batchStatistics.values()) tf.dispose([mean, variance]);
          network = tf.keep(output);
          const { features: target, validMask } = masked;
          return computeObjective(task, { target, output, validMask, step: 0 }).total;
        }, trained.map(([, { variable }]) => variable));
        const named = trained.map(([path, { variable }]) => [path, grads[variable.name]!]);
        return { ...Object.fromEntries(named), output: network! };
      });
      disposeParameters(parameters);
      checkEveryFew(result["output"]!, oracle.trainingOutput, TOLERANCES[device].forward, "output");
      for (const [path] of trained) {
        checkEveryFew(
          result[path]!,
          oracle.gradients[path]!,
          TOLERANCES[device].gradient,
          `gradient of ${path}`,
        );
      }
    },
  );

  forEachBackend(`train() equals PyTorch over two steps: ${name}`, async (device) => {
    const state = formulaState(config);
    const reports = train(task, state, {
      batch: (step) => Promise.resolve(formulaBatch(step, { size, masks })),
      size,
      reportEvery: 1,
    });
    let index = 0;
    for await (const { total, parts } of reports) {
      const expected = oracle.losses[index++]!;
      const keys = ["total", "valid", "hole"];
      assertAllClose(
        { shape: [3], data: keys.map((key) => ({ total, ...parts })[key]!) },
        { shape: [3], data: keys.map((key) => expected[key]!) },
        LOSS[device],
        `losses of step ${index}`,
      );
    }
    assert.equal(index, rates.length);
    for (const [path, { variable }] of state.parameters.trained) {
      const what = `${path} after training`;
      checkEveryFew(
        await read(variable),
        oracle.parametersAfter[path]!,
        TOLERANCES[device].forward,
        what,
      );
    }
    for (const [path, { mean, variance }] of state.parameters.statistics) {
      const expected = oracle.statisticsAfter[path]!;
      assertAllClose(
        await read(mean),
        fromFixture(expected.mean),
        TOLERANCES[device].forward,
        `${path} mean`,
      );
      const what = `${path} variance`;
      assertAllClose(
        await read(variance),
        fromFixture(expected.variance),
        TOLERANCES[device].forward,
        what,
      );
    }
    disposeTrainingState(state);
  });
}

/** Compares with a tensor of which only every few values are stored. */
function checkEveryFew(
  { data }: Values,
  stored: StoredValues,
  tolerance: Tolerance,
  what: string,
): void {
  const stride = Math.max(1, Math.floor(data.length / KEPT));
  const kept = Array.from(data).filter((_, i) => i % stride === 0);
  assertAllClose({ shape: [kept.length], data: kept }, fromFixture(stored), tolerance, what);
}
