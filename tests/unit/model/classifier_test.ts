import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  type ClassifierNetwork,
  createClassifier,
  SUM_TOLERANCE,
} from "../../../src/model/classifier.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

const SIZE = { width: 2, height: 1 };

/** A network of this answer; `disposed` counts. */
function fake(
  run: (x: tf.Tensor4D) => tf.Tensor,
): ClassifierNetwork & { readonly disposed: () => number } {
  let count = 0;
  return {
    name: "net",
    inputSize: SIZE,
    range: "zero-one",
    run,
    dispose: () => void count++,
    disposed: () => count,
  };
}

/** Numbers of a picture of two equal pixels. */
const grey = (level: number) => new Uint8Array(6).fill(level);

cpuTest("a classifier passes a posterior on, divided by its sum", async () => {
  assert.equal(SUM_TOLERANCE, 1e-3);
  const network = fake(() =>
    tf.tensor4d([0.5 + 2 ** -11, 0.25 + 2 ** -12, 0.25 + 2 ** -12], [1, 1, 1, 3])
  );
  const classifier = await createClassifier(network);
  assert.deepEqual([classifier.name, classifier.classes, classifier.range], ["net", 3, "zero-one"]);
  assert.deepEqual(classifier.inputSize, SIZE);
  assert.equal(classifier.note, undefined);
  // The sum is 1 + 2^-10.
  assert.deepEqual([...await classifier.classify(grey(9), SIZE)], [0.5, 0.25, 0.25]);
  assert.equal(network.disposed(), 0);
  classifier.dispose();
  assert.equal(network.disposed(), 1);
});

cpuTest("a classifier applies softmax to other outputs, and says so", async () => {
  // Level 255 is 1: outputs ln 3 and 0, of which softmax is 3/4 and 1/4.
  const classifier = await createClassifier(
    fake((x) => tf.mul(tf.slice(tf.reshape(x, [-1]), 0, 2), [Math.log(3), 0])),
  );
  assert.match(
    classifier.note!,
    /^Outputs of net are no probabilities \(sum [0-9.e+-]+ on a pattern\), so softmax is applied to them$/,
  );
  assert.deepEqual([...await classifier.classify(grey(255), SIZE)], [0.75, 0.25]);
  assert.deepEqual([...await classifier.classify(grey(0), SIZE)], [0.5, 0.5]);
  classifier.dispose();
});

cpuTest("softmax does not overflow, and negative numbers of sum 1 are no posterior", async () => {
  const classifier = await createClassifier(fake(() => tf.tensor1d([1001, -1000])));
  assert.ok(classifier.note !== undefined);
  assert.deepEqual([...await classifier.classify(grey(1), SIZE)], [1, 0]);
  classifier.dispose();
});

cpuTest("a classifier frees all tensors of a call", async () => {
  const classifier = await createClassifier(fake((x) => tf.softmax(tf.reshape(x, [-1]))));
  const before = tf.memory().numTensors;
  for (const level of [0, 100, 255]) await classifier.classify(grey(level), SIZE);
  assert.equal(tf.memory().numTensors, before);
  classifier.dispose();
});

cpuTest("classify() refuses other sizes", async () => {
  const classifier = await createClassifier(fake(() => tf.tensor1d([1, 0])));
  await assert.rejects(classifier.classify(grey(0), { width: 1, height: 2 }), {
    name: "RangeError",
    message: "Cannot classify: picture is 1x2, must be 2x1",
  });
  await assert.rejects(classifier.classify(new Uint8Array(5), SIZE), {
    name: "RangeError",
    message: "Cannot classify: picture has 5 values, must have 2x1x3",
  });
  classifier.dispose();
});

cpuTest("classify() does not believe a posterior whose sum changes", async () => {
  // The sum is 1 for the pattern and 0 for black.
  const classifier = await createClassifier(
    fake((x) => tf.mul(tf.tensor1d([0.5, 0.5]), tf.sign(tf.max(x)))),
  );
  await assert.rejects(classifier.classify(grey(0), SIZE), {
    name: "WeightsError",
    message: 'Cannot use "net" as a classifier: outputs have the sum 0, must be 1 as for other ' +
      "pictures",
  });
  classifier.dispose();
});

cpuTest("createClassifier() refuses networks that do not answer, and frees them", async () => {
  for (
    const [run, problem] of [
      [() => tf.tensor1d([1]), "it has 1 output, must have one per class"],
      [() => tf.tensor1d([0, NaN]), "an output is NaN, must be a finite number"],
      [() => {
        throw new Error("Kernel 'X' not registered for backend 'wasm'\nmore");
      }, "it does not run: Kernel 'X' not registered for backend 'wasm'"],
    ] as const
  ) {
    const network = fake(run);
    await assert.rejects(createClassifier(network), {
      name: "WeightsError",
      message: `Cannot use "net" as a classifier: ${problem}`,
    });
    assert.equal(network.disposed(), 1);
  }
});
