/**
 * Laws of the parts that tasks are composed of. No tensors but scalars.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import { listParameters, listStatistics } from "../../src/model/list_parameters.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import { compose } from "../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import { sequence } from "../../src/task/sequence.ts";
import type { Freeze, Loss, TaskPart, TrainingTask } from "../../src/task/types.ts";
import { computeObjective } from "../../src/training/objective.ts";
import { freezeBatchNorm } from "../../tasks/freezes/batch_norm.ts";
import { cosine } from "../../tasks/schedules/cosine.ts";
import { evaluate } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { RUNS } from "./arbitraries.ts";

const parameters = listParameters(PRESETS.tiny);
const layers = listStatistics(PRESETS.tiny);

const freezes: fc.Arbitrary<Freeze> = fc.record({
  prefix: fc.constantFrom("encoder/", "decoder/", "encoder/2/", "decoder/1/"),
  statistics: fc.boolean(),
  affine: fc.boolean(),
  fromStep: fc.integer({ min: 0, max: 3 }),
}).map(({ prefix, ...options }) =>
  freezeBatchNorm({ ...options, where: (path) => path.startsWith(prefix) })
);

const constantLoss = (name: string, value: number): Loss => ({
  name,
  needsFeatures: false,
  compute: () => tf.scalar(value),
});

const basics = [withLoss(constantLoss("loss", 1), 1), withLearningRate(1e-3), withSteps(4)];

/** Everything that a task's freezes hold, step by step. */
function heldBy(parts: readonly TaskPart[]): string[] {
  const task = compose("held", ...basics, ...parts);
  return [0, 1, 2, 3].flatMap((step) => [
    ...parameters.filter((info) => task.freezes.some((f) => f.holdsParameter(info, step)))
      .map(({ path }) => `${step} ${path}`),
    ...layers.filter(({ path }) => task.freezes.some((f) => f.holdsStatistics(path, step)))
      .map(({ path }) => `${step} ${path}`),
  ]);
}

Deno.test("freezes commute", () => {
  const held = fc.array(freezes, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(held, (list) => {
      const parts = list.map(withFreeze);
      assert.deepEqual(heldBy(parts.toReversed()), heldBy(parts));
    }),
    RUNS,
  );
});

Deno.test("freezes are idempotent", () => {
  const held = fc.array(freezes, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(held, (list) => {
      const parts = list.map(withFreeze);
      assert.deepEqual(heldBy([...parts, ...parts]), heldBy(parts));
    }),
    RUNS,
  );
});

Deno.test("a further freeze never releases anything", () => {
  fc.assert(
    fc.property(fc.array(freezes, { maxLength: 3 }), freezes, (list, further) => {
      const parts = list.map(withFreeze);
      const more = new Set(heldBy([...parts, withFreeze(further)]));
      assert.ok(heldBy(parts).every((entry) => more.has(entry)));
    }),
    RUNS,
  );
});

cpuTest("the order of losses changes the total only by rounding", () => {
  const terms = fc.array(
    fc.record({
      value: fc.double({ min: 0, max: 10, noNaN: true }),
      weight: fc.double({ min: 0, max: 10, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  return fc.assert(
    fc.asyncProperty(terms, async (list) => {
      const parts = list.map(({ value, weight }, i) =>
        withLoss(constantLoss(`loss ${i}`, value), weight)
      );
      const total = (parts: readonly TaskPart[]) => {
        const task = compose("order", ...parts, withLearningRate(1), withSteps(1));
        const image = tf.zeros([1, 1, 1, 3]) as tf.Tensor4D;
        const inputs = { target: image, output: image, validMask: image, step: 0 };
        return computeObjective(task, inputs).total;
      };
      const result = await evaluate(() => ({
        forth: total(parts),
        back: total(parts.toReversed()),
      }));
      const expected = list.reduce((sum, { value, weight }) => sum + value * weight, 0);
      for (const { data } of [result.forth, result.back]) {
        assert.ok(
          Math.abs(data[0]! - expected) <= 1e-6 * expected + 1e-30,
          `${data[0]}, ${expected}`,
        );
      }
    }),
    RUNS,
  );
});

Deno.test("compose() names everything that is missing", () => {
  const all = [
    { part: basics[0]!, fault: "no loss (withLoss)" },
    { part: basics[1]!, fault: "no learning rate (withLearningRate)" },
    { part: basics[2]!, fault: "no steps (withSteps)" },
  ];
  fc.assert(
    fc.property(fc.subarray(all, { maxLength: 2 }), (given) => {
      const missing = all.filter((entry) => !given.includes(entry)).map(({ fault }) => fault);
      assert.throws(() => compose("x", ...given.map(({ part }) => part)), {
        name: "RangeError",
        message: `Cannot compose task "x": it has ${missing.join(" and ")}`,
      });
    }),
    RUNS,
  );
});

Deno.test("cosine() stays between its ends and never rises after the warm-up", () => {
  const schedules = fc.record({
    from: fc.double({ min: 1e-3, max: 1, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    steps: fc.integer({ min: 1, max: 50 }),
    warmUp: fc.integer({ min: 0, max: 10 }),
  });
  fc.assert(
    fc.property(schedules, ({ from, share, steps, warmUp }) => {
      const rate = cosine({ from, to: from * share, steps, warmUp });
      const rates = Array.from({ length: steps + 10 }, (_, step) => rate(step));
      assert.ok(rates.every((value) => value > -1e-12 && value <= from * (1 + 1e-12)));
      const falling = rates.slice(warmUp);
      assert.ok(falling.every((value, i) => i === 0 || value <= falling[i - 1]! + 1e-12));
      assert.ok(rates.slice(0, warmUp).every((value, i, up) => i === 0 || value > up[i - 1]!));
    }),
    { ...RUNS, numRuns: 100 },
  );
});

/** Tasks of 0 to 3 steps; the first of them is the empty sequence. */
const tasks: fc.Arbitrary<TrainingTask> = fc.record({
  steps: fc.integer({ min: 0, max: 3 }),
  rate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  weights: fc.dictionary(fc.constantFrom("valid", "hole", "style"), fc.nat(9), { minKeys: 1 }),
  held: fc.array(freezes, { maxLength: 2 }),
}).map(({ steps, rate, weights, held }) =>
  steps === 0 ? sequence("nothing") : compose(
    "part",
    ...Object.entries(weights).map(([name, weight]) =>
      withLoss(constantLoss(name, 1), (step) => weight + step)
    ),
    withLearningRate((step) => rate * (step + 1)),
    ...held.map(withFreeze),
    withSteps(steps),
  )
);

/** Everything that a task decides, at all of its steps and two more. */
function decisions(task: TrainingTask) {
  return Array.from({ length: task.steps + 2 }, (_, step) => ({
    rate: task.learningRate(step),
    weights: task.terms.map(({ loss, weight }) => [loss.name, weight(step)]),
    parameters: parameters.filter((info) => task.freezes.some((f) => f.holdsParameter(info, step)))
      .map(({ path }) => path),
    statistics: layers.filter(({ path }) => task.freezes.some((f) => f.holdsStatistics(path, step)))
      .map(({ path }) => path),
  }));
}

Deno.test("sequence() is associative", () => {
  fc.assert(
    fc.property(tasks, tasks, tasks, (a, b, c) => {
      const flat = decisions(sequence("x", a, b, c));
      assert.deepEqual(decisions(sequence("x", sequence("y", a, b), c)), flat);
      assert.deepEqual(decisions(sequence("x", a, sequence("y", b, c))), flat);
    }),
    RUNS,
  );
});

Deno.test("sequence() has the empty sequence as its identity, and one task stays as it is", () => {
  const nothing = sequence("nothing");
  fc.assert(
    fc.property(tasks, (task) => {
      const expected = decisions(task);
      assert.deepEqual(decisions(sequence("x", task)), expected);
      assert.deepEqual(decisions(sequence("x", nothing, task)), expected);
      assert.deepEqual(decisions(sequence("x", task, nothing)), expected);
    }),
    RUNS,
  );
});
