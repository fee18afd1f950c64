import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { carefulSum } from "../../../src/ops/careful_sum.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";

forEachBackend("carefulSum() adds up all axes from the first on", async () => {
  const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  const [whole, perImage] = [carefulSum(x, 0), carefulSum(x, 1)];
  // By hand: 1 + ... + 8 = 36; 1 + 2 + 3 + 4 = 10 and 5 + 6 + 7 + 8 = 26.
  assert.deepEqual(whole.shape, []);
  assert.deepEqual([...await whole.data()], [36]);
  assert.deepEqual([...await perImage.data()], [10, 26]);
  const gradient = tf.grad((value) => carefulSum(value, 0))(x);
  assert.deepEqual([...await gradient.data()], new Array(8).fill(1));
  tf.dispose([x, whole, perImage, gradient]);
});

forEachBackend("carefulSum() keeps its accuracy over many numbers", async () => {
  // 2^18 times 0.1 in float32: exact sum is 2^18 · fround(0.1) = 26214.4004 (float64).
  const x = tf.fill([4, 256, 256, 1], 0.1);
  const sum = carefulSum(x, 0);
  const expected = 2 ** 18 * Math.fround(0.1);
  const [actual] = await sum.data();
  assert.ok(Math.abs(actual! / expected - 1) < 1e-5, `${actual}, expected ${expected}`);
  tf.dispose([x, sum]);
});
