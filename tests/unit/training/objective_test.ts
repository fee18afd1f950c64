import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { compose } from "../../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import type { Loss, LossInputs, TaskPart } from "../../../src/task/types.ts";
import { computeObjective, type ObjectiveInputs } from "../../../src/training/objective.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

const loss = (name: string, compute: (inputs: LossInputs) => tf.Scalar): Loss => ({
  name,
  needsFeatures: true,
  compute,
});
const task = (...parts: TaskPart[]) => compose("t", ...parts, withLearningRate(1), withSteps(2));

/** One row of two pixels, the second one hole. */
function inputs(step = 0): ObjectiveInputs {
  return {
    target: tf.fill([1, 1, 2, 3], 0.25),
    output: tf.fill([1, 1, 2, 3], 0.75),
    validMask: tf.tensor4d([1, 0], [1, 1, 2, 1]),
    step,
  };
}

cpuTest("computeObjective() adds up weighted losses and reports them unweighted", async () => {
  const { total, a, b } = await evaluate(() => {
    const { total, parts } = computeObjective(
      task(
        withLoss(loss("a", () => tf.scalar(2)), 3),
        withLoss(loss("b", () => tf.scalar(5)), 0.5),
      ),
      inputs(),
    );
    assert.deepEqual([...parts.keys()], ["a", "b"]);
    return { total, a: parts.get("a")!, b: parts.get("b")! };
  });
  assert.deepEqual([total.data[0], a.data[0], b.data[0]], [8.5, 2, 5]);
});

cpuTest(
  "computeObjective() neither computes nor reports a loss whose weight is 0 at the step",
  async () => {
    let calls = 0;
    const counted = loss("a", () => {
      calls += 1;
      return tf.scalar(2);
    });
    const onlyLater = task(
      withLoss(counted, (step) => step),
      withLoss(loss("b", () => tf.scalar(5)), 1),
    );
    tf.tidy(() => {
      assert.deepEqual([...computeObjective(onlyLater, inputs(0)).parts.keys()], ["b"]);
      assert.equal(calls, 0);
      assert.deepEqual([...computeObjective(onlyLater, inputs(1)).parts.keys()], ["a", "b"]);
      assert.equal(calls, 1);
    });
    await Promise.resolve();
  },
);

cpuTest(
  "computeObjective() gives losses the composite: output in the hole, target elsewhere",
  async () => {
    const { seen } = await evaluate(() => {
      let seen: tf.Tensor4D | undefined;
      const look = loss("look", ({ composite }) => {
        seen = composite;
        return tf.sum(composite);
      });
      computeObjective(task(withLoss(look, 1)), inputs());
      return { seen: seen! };
    });
    const data = [0.25, 0.25, 0.25, 0.75, 0.75, 0.75];
    assertAllClose(seen, { shape: [1, 1, 2, 3], data }, EXACT);
  },
);

cpuTest(
  "computeObjective() computes composite and features once, however many losses ask",
  async () => {
    const extracted: tf.Tensor4D[] = [];
    const look = (name: string) =>
      loss(name, (given) => {
        assert.equal(given.composite, given.composite);
        for (const image of ["target", "output", "composite"] as const) {
          assert.equal(given.features(image)[0], given.features(image)[0]);
        }
        return tf.scalar(1);
      });
    tf.tidy(() => {
      const given = inputs();
      computeObjective(task(withLoss(look("a"), 1), withLoss(look("b"), 1)), {
        ...given,
        extractFeatures: (image) => {
          extracted.push(image);
          return [tf.add(image, 1) as tf.Tensor4D];
        },
      });
      assert.equal(extracted.length, 3);
      assert.equal(extracted[0], given.target);
      assert.equal(extracted[1], given.output);
    });
    await Promise.resolve();
  },
);

cpuTest("computeObjective() refuses features without an extractor", async () => {
  const needy = loss("needy", ({ features }) => tf.sum(features("output")[0]!));
  tf.tidy(() => {
    assert.throws(() => computeObjective(task(withLoss(needy, 1)), inputs()), {
      name: "Error",
      message: "Cannot compute features: the task was started without an extractor",
    });
  });
  await Promise.resolve();
});
