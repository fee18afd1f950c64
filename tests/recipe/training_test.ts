/**
 * Whole training runs of the tiny network: real samples, real loop, on the CPU.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initializeParameters } from "../../src/model/parameters.ts";
import { PRESETS, type UNetConfig } from "../../src/model/unet_config.ts";
import { createRandom } from "../../src/random.ts";
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import { type StepReport, train } from "../../src/training/loop.ts";
import { disposeTrainingState, type TrainingState } from "../../src/training/state.ts";
import { hole } from "../../tasks/losses/hole.ts";
import { totalVariation } from "../../tasks/losses/total_variation.ts";
import { valid } from "../../tasks/losses/valid.ts";
import { reconstruction } from "../../tasks/recipes/reconstruction.ts";
import { assertAllClose } from "../support/assert_all_close.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { drawBatch } from "./samples.ts";

const CROPS = { seed: 11, batchSize: 2, size: 16 } as const;

function freshState(config: UNetConfig): TrainingState {
  return {
    config,
    parameters: initializeParameters(config, createRandom(CROPS.seed)),
    optimizer: new Map(),
    step: 0,
  };
}

/** A network and the losses of its first four steps at 1e-3, recorded on the CPU. */
interface Curve {
  readonly config: UNetConfig;
  readonly totals: readonly number[];
}

const CURVES: Readonly<Record<string, Curve>> = {
  "as in the paper": {
    config: PRESETS.tiny,
    totals: [3.69484544, 4.89357281, 4.15380049, 4.58096743],
  },
  "over the pyramid fill": {
    config: { ...PRESETS.tiny, base: "pyramid", normalisation: "none" },
    totals: [0.0538427532, 0.172172308, 0.0891133547, 0.112413205],
  },
};

for (const [name, { config, totals: recorded }] of Object.entries(CURVES)) {
  cpuTest(`four steps of training give the recorded losses: ${name}`, async () => {
    const state = freshState(config);
    const task = compose(
      "curve",
      withLoss(valid(), 1),
      withLoss(hole(), 6),
      withLoss(totalVariation(), 0.1),
      withLearningRate(1e-3),
      withSteps(4),
    );
    const reports: StepReport[] = await Array.fromAsync(train(task, state, {
      batch: (step) => drawBatch(step, CROPS),
      size: CROPS.size,
      reportEvery: 1,
    }));
    disposeTrainingState(state);
    const totals = reports.map(({ total }) => total);
    for (const { parts, total } of reports) {
      const { valid, hole, "total-variation": variation } = parts;
      const expected = valid! + 6 * hole! + 0.1 * variation!;
      assert.ok(Math.abs(total - expected) < 1e-5 * expected);
    }
    assertAllClose({ shape: [4], data: totals }, { shape: [4], data: recorded }, {
      rtol: 1e-4,
      atol: 0,
    }, `losses ${totals.map((total) => total.toPrecision(9)).join(", ")}`);
  });
}

cpuTest("training on one image lowers its loss tenfold within 60 steps", async () => {
  const state = freshState(PRESETS.tiny);
  const only = await drawBatch(0, { ...CROPS, batchSize: 1 });
  const reports = await Array.fromAsync(
    train(reconstruction({ steps: 60, learningRate: 2e-2 }), state, {
      batch: () => Promise.resolve(only),
      size: CROPS.size,
      // The second report is of the last step alone.
      reportEvery: 59,
    }),
  );
  disposeTrainingState(state);
  const start = freshState(PRESETS.tiny);
  const [first] = await Array.fromAsync(
    train(reconstruction({ steps: 1, learningRate: 0 }), start, {
      batch: () => Promise.resolve(only),
      size: CROPS.size,
      reportEvery: 1,
    }),
  );
  disposeTrainingState(start);
  const factor = first!.total / reports.at(-1)!.total;
  // Measured: from 4.59 to 0.21.
  assert.ok(factor > 10, `from ${first!.total} to ${reports.at(-1)!.total}`);
});

cpuTest("training holds no more tensors after six steps than after the first", async () => {
  const state = freshState(CURVES["over the pyramid fill"]!.config);
  const counts: number[] = [];
  const reports = train(reconstruction({ steps: 6 }), state, {
    batch: (step) => {
      counts.push(tf.memory().numTensors);
      return drawBatch(step, CROPS);
    },
    size: CROPS.size,
    reportEvery: 2,
  });
  await Array.fromAsync(reports);
  counts.push(tf.memory().numTensors);
  // The first step makes the optimiser's moments. Between two reports there are sums of losses: total, valid and hole.
  const moments = 2 * state.parameters.trained.size;
  assert.deepEqual(
    counts.slice(1).map((count) => count - counts[0]! - moments),
    [3, 0, 3, 0, 3, 0],
  );
  disposeTrainingState(state);
});
