import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { compose } from "../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { Freeze, Loss } from "../../../src/task/types.ts";

const loss = (name: string): Loss => ({ name, needsFeatures: false, compute: () => tf.scalar(1) });
const basics = [withLoss(loss("one"), 1), withLearningRate(1e-3), withSteps(4)];

Deno.test("withLoss() adds a term with a number or a schedule as its weight", () => {
  const { terms } = compose("t", ...basics, withLoss(loss("two"), (step) => step * 2));
  assert.deepEqual(terms.map(({ loss }) => loss.name), ["one", "two"]);
  assert.equal(terms[0]!.weight(3), 1);
  assert.equal(terms[1]!.weight(3), 6);
});

Deno.test("withLoss() refuses a name that is there already", () => {
  assert.throws(() => compose("t", ...basics, withLoss(loss("one"), 2)), {
    name: "RangeError",
    message: 'Cannot add loss "one": task "t" has one already',
  });
});

for (const weight of [-1, NaN]) {
  Deno.test(`withLoss() refuses the weight ${weight}`, () => {
    assert.throws(() => withLoss(loss("one"), weight), {
      name: "RangeError",
      message: `Cannot add loss "one": weight is ${weight}, must be 0 or more`,
    });
  });
}

Deno.test("withLoss() accepts the weight 0", () => {
  const { terms } = compose("t", withLoss(loss("off"), 0), withLearningRate(1), withSteps(1));
  assert.equal(terms[0]!.weight(0), 0);
});

Deno.test("withFreeze() adds a freeze and leaves the task as it was", () => {
  const freeze: Freeze = {
    name: "all",
    holdsParameter: () => true,
    holdsStatistics: () => true,
  };
  const task = compose("t", ...basics);
  assert.deepEqual(withFreeze(freeze)(task).freezes, [freeze]);
  assert.deepEqual(task.freezes, []);
});

Deno.test("withLearningRate() takes a number or a schedule, and the last one wins", () => {
  assert.equal(compose("t", ...basics).learningRate(9), 1e-3);
  const task = compose("t", ...basics, withLearningRate((step) => 1 / (step + 1)));
  assert.equal(task.learningRate(3), 0.25);
});

Deno.test("withSteps() wins over earlier ones", () => {
  assert.equal(compose("t", ...basics, withSteps(7)).steps, 7);
});

for (const steps of [0, -1, 1.5, NaN, Infinity]) {
  Deno.test(`withSteps() refuses ${steps}`, () => {
    assert.throws(() => withSteps(steps), {
      name: "RangeError",
      message: `Cannot set steps: ${steps} is not a whole number from 1`,
    });
  });
}
