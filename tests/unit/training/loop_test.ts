import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { DivergenceError, EXIT } from "../../../src/errors.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { compose } from "../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { Freeze, Loss, TaskPart } from "../../../src/task/types.ts";
import { computeGradients } from "../../../src/training/gradients.ts";
import { type StepReport, train, type TrainOptions } from "../../../src/training/loop.ts";
import { disposeTrainingState, type TrainingState } from "../../../src/training/state.ts";
import { hole } from "../../../tasks/losses/hole.ts";
import { valid } from "../../../tasks/losses/valid.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaBatch, formulaState } from "../../support/tiny_run.ts";

// Numbers are compared with PyTorch in tests/oracle/tiny_unet_test.ts; whole runs are in tests/recipe.

const SIZE = 8;
const task = (...parts: TaskPart[]) =>
  compose("t", withLoss(valid(), 1), withLearningRate((step) => 1e-3 / (step + 1)), ...parts);

function options(changes: Partial<TrainOptions> = {}): TrainOptions {
  return {
    batch: (step) => Promise.resolve(formulaBatch(step, { size: SIZE, masks: ["speckle"] })),
    size: SIZE,
    reportEvery: 1,
    ...changes,
  };
}

/** Trains the tiny network, and disposes of it. */
async function trainTiny(
  parts: readonly TaskPart[],
  changes: Partial<TrainOptions> & { from?: number } = {},
): Promise<StepReport[]> {
  const state: TrainingState = formulaState(PRESETS.tiny);
  state.step = changes.from ?? 0;
  try {
    return await Array.fromAsync(train(task(...parts), state, options(changes)));
  } finally {
    disposeTrainingState(state);
  }
}

cpuTest("train() reports every few steps and after the last", async () => {
  const reports = await trainTiny([withSteps(5)], { reportEvery: 2 });
  assert.deepEqual(reports.map(({ step }) => step), [2, 4, 5]);
});

cpuTest(
  "train() asks for the batch of every step once, in order, from the state's step on",
  async () => {
    const asked: number[] = [];
    const batch = (step: number) => {
      asked.push(step);
      return Promise.resolve(formulaBatch(step, { size: SIZE, masks: ["speckle"] }));
    };
    const reports = await trainTiny([withSteps(5)], { from: 2, batch, reportEvery: 10 });
    assert.deepEqual(asked, [2, 3, 4]);
    assert.deepEqual(reports.map(({ step }) => step), [5]);
  },
);

cpuTest("train() with nothing left to do reports nothing", async () => {
  assert.deepEqual(await trainTiny([withSteps(5)], { from: 5 }), []);
});

cpuTest(
  "train() reports losses, their weighted sum, the rate and the time of a step",
  async () => {
    const [first, second] = await trainTiny([
      withLoss(hole(), (step) => step === 1 ? 6 : 0),
      withSteps(2),
    ]);
    assert.deepEqual(Object.keys(first!.parts), ["valid"]);
    assert.equal(first!.total, first!.parts["valid"]);
    assert.equal(first!.learningRate, 1e-3);
    assert.deepEqual(Object.keys(second!.parts), ["valid", "hole"]);
    const expected = second!.parts["valid"]! + 6 * second!.parts["hole"]!;
    assert.ok(Math.abs(second!.total - expected) < 1e-5 * expected);
    assert.equal(second!.learningRate, 5e-4);
    assert.ok(second!.stepMs > 0);
  },
);

/** Losses of single steps, to check means with. */
async function singleSteps(parts: readonly TaskPart[]): Promise<StepReport[]> {
  return await trainTiny(parts, { reportEvery: 1 });
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function assertNear(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-5 * expected, `${value} is not ${expected}`);
}

cpuTest(
  "train() reports means over the steps since the last line, each loss where it counts",
  async () => {
    const parts = [withLoss(hole(), (step) => step % 2 === 1 ? 6 : 0), withSteps(5)];
    const single = await singleSteps(parts);
    const reports = await trainTiny(parts, { reportEvery: 3 });
    assert.deepEqual(reports.map(({ step }) => step), [3, 5]);
    for (const [i, steps] of [single.slice(0, 3), single.slice(3)].entries()) {
      assertNear(reports[i]!.total, mean(steps.map(({ total }) => total)));
      assertNear(reports[i]!.parts["valid"]!, mean(steps.map(({ parts }) => parts["valid"]!)));
      const holes = steps.flatMap(({ parts }) => parts["hole"] ?? []);
      assert.equal(holes.length, 1);
      assertNear(reports[i]!.parts["hole"]!, holes[0]!);
    }
  },
);

cpuTest(
  "train() reports the same means at a line of the log whatever is reported between",
  async () => {
    const plain = await trainTiny([withSteps(6)], { reportEvery: 3 });
    const often = await trainTiny([withSteps(6)], { reportEvery: 3, reportsAt: () => true });
    assert.deepEqual(often.map(({ step }) => step), [1, 2, 3, 4, 5, 6]);
    for (const [i, step] of [3, 6].entries()) {
      assert.equal(often[step - 1]!.total, plain[i]!.total);
      assert.deepEqual(often[step - 1]!.parts, plain[i]!.parts);
    }
  },
);

cpuTest("train() that is left between two lines and goes on reports the same means", async () => {
  const whole = await trainTiny([withSteps(6)], { reportEvery: 4 });
  const state = formulaState(PRESETS.tiny);
  const before = tf.memory().numTensors;
  const reports = train(
    task(withSteps(6)),
    state,
    options({ reportEvery: 4, reportsAt: (s) => s === 3 }),
  );
  for await (const { step } of reports) {
    assert.equal(step, 3);
    break;
  }
  assert.equal(tf.memory().numTensors, before + 2 * state.parameters.trained.size);
  assert.equal(state.lossSums!["total"]!.steps, 3);
  state.lossSums = JSON.parse(JSON.stringify(state.lossSums));
  const rest = await Array.fromAsync(train(task(withSteps(6)), state, options({ reportEvery: 4 })));
  assert.deepEqual(
    rest.map(({ step, total }) => [step, total]),
    whole.map(({ step, total }) => [step, total]),
  );
  assert.equal(state.lossSums, undefined);
  disposeTrainingState(state);
});

cpuTest("train() finds a loss that was not finite in any step since the last report", async () => {
  const bad: Loss = {
    name: "bad",
    needsFeatures: false,
    // Without a slope, so that the later steps are fine again.
    compute: () => tf.scalar(Infinity),
  };
  const parts = [withLoss(bad, (step) => step === 1 ? 1 : 0), withSteps(4)];
  await assert.rejects(trainTiny(parts, { reportEvery: 4 }), {
    name: "DivergenceError",
    message: "Training diverged at step 3: bad = Infinity",
  });
});

cpuTest(
  "train() that is told to stop ends after the step under way, with a report of it",
  async () => {
    const controller = new AbortController();
    const batch = (step: number) => {
      if (step === 2) controller.abort();
      return Promise.resolve(formulaBatch(step, { size: SIZE, masks: ["speckle"] }));
    };
    const { signal } = controller;
    const reports = await trainTiny([withSteps(9)], { batch, signal, reportEvery: 2 });
    assert.deepEqual(reports.map(({ step }) => step), [2, 3]);
  },
);

cpuTest("train() names the freezes that hold something at the step", async () => {
  const freeze = (name: string, changes: Partial<Freeze>): Freeze => ({
    name,
    holdsParameter: () => false,
    holdsStatistics: () => false,
    ...changes,
  });
  const [first, second] = await trainTiny([
    withFreeze(freeze("nothing", {})),
    withFreeze(freeze("statistics", { holdsStatistics: () => true })),
    withFreeze(
      freeze("later", { holdsParameter: ({ role }, step) => role === "bias" && step > 0 }),
    ),
    withSteps(2),
  ]);
  assert.deepEqual(first!.held, ["statistics"]);
  assert.deepEqual(second!.held, ["statistics", "later"]);
});

cpuTest("train() takes gradients from elsewhere, if told to", async () => {
  const state = formulaState(PRESETS.tiny);
  const steps: number[] = [];
  const { config, parameters } = state;
  const whole = task(withSteps(2));
  const reports = train(whole, state, {
    ...options(),
    computeGradients: (step, batch) => {
      steps.push(step);
      return Promise.resolve(
        computeGradients({ task: whole, config, parameters, step, batch, size: SIZE }),
      );
    },
  });
  await Array.fromAsync(reports);
  assert.deepEqual(steps, [0, 1]);
  disposeTrainingState(state);
});

cpuTest("train() hands the feature extractor to losses that need it", async () => {
  const look: Loss = {
    name: "look",
    needsFeatures: true,
    compute: ({ features }) => tf.mean(tf.square(features("output")[0]!)),
  };
  const [report] = await trainTiny([withLoss(look, 1), withSteps(1)], {
    extractFeatures: (image) => [tf.avgPool(image, 2, 2, "valid")],
  });
  assert.ok(report!.parts["look"]! > 0);
});

cpuTest("train() also reports where it is told to, once a step", async () => {
  const reports = await trainTiny([withSteps(7)], {
    reportEvery: 3,
    reportsAt: (step) => step === 4 || step === 6,
  });
  assert.deepEqual(reports.map(({ step }) => step), [3, 4, 6, 7]);
});

cpuTest(
  "train() tells which share of the time it waited for data since the last report",
  async () => {
    const slowSteps = new Set([0, 1]);
    const reports = await trainTiny([withSteps(4)], {
      reportEvery: 2,
      batch: async (step) => {
        if (slowSteps.has(step)) await new Promise((resolve) => setTimeout(resolve, 1000));
        return formulaBatch(step, { size: SIZE, masks: ["speckle"] });
      },
    });
    const waitedMs = reports.map(({ waitShare, stepMs }) => waitShare * stepMs * 2);
    // Timers may fire a moment early.
    assert.ok(waitedMs[0]! > 1990, `${waitedMs}`);
    // The waits before the last report are forgotten.
    assert.ok(waitedMs[1]! >= 0 && waitedMs[1]! < 1000, `${waitedMs}`);
    for (const { waitShare } of reports) assert.ok(waitShare >= 0 && waitShare <= 1);
  },
);

cpuTest("train() leaves out the time that its caller takes for a report", async () => {
  const state = formulaState(PRESETS.tiny);
  const stepMs: number[] = [];
  for await (const report of train(task(withSteps(2)), state, options())) {
    stepMs.push(report.stepMs);
    if (report.step === 1) await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  assert.ok(stepMs[1]! < 2000, `${stepMs}`);
  disposeTrainingState(state);
});

for (const value of [NaN, Infinity]) {
  Deno.test(`train() fails with the step and the losses if one is ${value}`, async () => {
    const bad: Loss = {
      name: "bad",
      needsFeatures: false,
      compute: ({ output }) => tf.mul(tf.mean(tf.square(output)), value),
    };
    const parts = [withLoss(bad, (step) => step === 2 ? 1 : 0), withSteps(5)];
    await assert.rejects(trainTiny(parts), (error: Error) => {
      assert.ok(error instanceof DivergenceError);
      assert.equal(error.message, `Training diverged at step 2: bad = ${value}`);
      assert.match(error.hint!, /--learning-rate/);
      assert.equal(error.exitCode, EXIT.someFailed);
      assert.equal(error.step, 2);
      assert.deepEqual(Object.keys(error.parts), ["valid", "bad"]);
      return true;
    });
  });
}

Deno.test("train() fails with the total if that alone is not finite", async () => {
  const large: Loss = {
    name: "large",
    needsFeatures: false,
    // Finite in float32, but not after its weight.
    compute: ({ output }) => tf.mul(tf.add(tf.mul(tf.sum(output), 0), 1), 1e38),
  };
  await assert.rejects(trainTiny([withLoss(large, 1e6), withSteps(2)]), {
    name: "DivergenceError",
    message: "Training diverged at step 0: the total is not finite, though its parts are",
  });
});
