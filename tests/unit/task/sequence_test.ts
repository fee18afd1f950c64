import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { compose } from "../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import { sequence } from "../../../src/task/sequence.ts";
import type { Freeze, Loss, ParameterInfo } from "../../../src/task/types.ts";

const loss = (name: string): Loss => ({ name, needsFeatures: false, compute: () => tf.scalar(1) });
const [valid, hole, style] = ["valid", "hole", "style"].map(loss);
const fromStep1: Freeze = {
  name: "late",
  holdsParameter: (_, step) => step >= 1,
  holdsStatistics: (_, step) => step >= 1,
};
const parameter: ParameterInfo = { path: "encoder/1/kernel", role: "kernel", shape: [1] };

const first = compose(
  "first",
  withLoss(valid!, 1),
  withLoss(hole!, (step) => 10 + step),
  withLearningRate((step) => 1 / (step + 1)),
  withFreeze(fromStep1),
  withSteps(2),
);
const second = compose(
  "second",
  withLoss(style!, 120),
  withLoss(hole!, (step) => 20 + step),
  withLearningRate((step) => 0.1 * (step + 1)),
  withFreeze(fromStep1),
  withSteps(3),
);

Deno.test("sequence() runs tasks one after the other, each counting steps from its own start", () => {
  const task = sequence("both", first, second);
  assert.equal(task.name, "both");
  assert.equal(task.steps, 5);
  const steps = [0, 1, 2, 3, 4];
  assert.deepEqual(steps.map(task.learningRate), [1, 0.5, 0.1, 0.2, 0.1 * 3]);
  assert.deepEqual(
    steps.map((step) => task.freezes.map((freeze) => freeze.holdsParameter(parameter, step))),
    [[false, false], [true, false], [false, false], [false, true], [false, true]],
  );
  assert.deepEqual(
    steps.map((step) => task.freezes.some((freeze) => freeze.holdsStatistics("any", step))),
    [false, true, false, true, true],
  );
});

Deno.test("sequence() joins losses by name, with weight 0 in tasks that lack them", () => {
  const { terms } = sequence("both", first, second);
  assert.deepEqual(
    terms.map(({ loss, weight }) => [loss.name, ...[0, 1, 2, 3, 4].map(weight)]),
    [["valid", 1, 1, 0, 0, 0], ["hole", 10, 11, 20, 21, 22], ["style", 0, 0, 120, 120, 120]],
  );
  assert.equal(terms[1]!.loss, hole);
});

Deno.test("sequence() goes on with the last task after the end", () => {
  const task = sequence("both", first, second);
  assert.equal(task.learningRate(7), second.learningRate(5));
  assert.equal(task.terms[1]!.weight(7), 25);
  assert.ok(task.freezes[1]!.holdsStatistics("any", 7));
});

Deno.test("sequence() without tasks has no steps, and changes nothing in another sequence", () => {
  const nothing = sequence("nothing");
  assert.deepEqual([nothing.steps, nothing.terms, nothing.freezes], [0, [], []]);
  assert.ok(Number.isNaN(nothing.learningRate(0)));
  const task = sequence("one", nothing, first, nothing);
  assert.equal(task.steps, 2);
  assert.deepEqual([0, 1].map(task.learningRate), [1, 0.5]);
  assert.deepEqual(task.terms.map(({ weight }) => weight(1)), [1, 11]);
});
