import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { addDoubled } from "../../../../src/kernels/webgpu/add_doubled.ts";
import { upsampleBilinear } from "../../../../src/ops/upsample_bilinear.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

const IMAGE = formulaTensor([2, 6, 10, 4]);
const COARSER = formulaTensor([2, 3, 5, 4], { phase: 1 });

gpuTest("addDoubled() equals upsampleBilinear() of the CPU backend plus the image", async () => {
  // All pixels but every fourth, which is not to be looked at.
  const listed = Array.from({ length: 120 }, (_, i) => i).filter((i) => i % 4 !== 3);
  const { expected } = await evaluate(() => ({
    expected: tf.add(toTensor(IMAGE), upsampleBilinear(toTensor(COARSER))),
  }));
  await useBackend("gpu");
  const { actual } = await evaluate(() => ({
    actual: addDoubled({
      image: toTensor(IMAGE),
      coarser: toTensor(COARSER),
      pixels: tf.tensor1d([...listed, 0, 0], "int32"),
      count: listed.length,
    }),
  }));
  await useBackend("cpu");
  const data = Float32Array.from(
    expected.data,
    (value, i) => Math.floor(i / 4) % 4 === 3 ? value : actual.data[i]!,
  );
  assertAllClose({ ...actual, data }, expected, { rtol: 0, atol: 4e-7 });
});

gpuTest("addDoubled() wants a map of half the size, and a list of its count", async () => {
  await useBackend("gpu");
  tf.tidy(() => {
    assert.throws(
      () =>
        addDoubled({
          image: tf.zeros([1, 4, 4, 4]),
          coarser: tf.zeros([1, 2, 1, 4]),
          pixels: tf.tensor1d([0], "int32"),
          count: 1,
        }),
      /^RangeError: Cannot run AddBilinearDoubled: maps are \[1,4,4,4\] and \[1,2,1,4\], must be/,
    );
    assert.throws(
      () =>
        addDoubled({
          image: tf.zeros([1, 4, 4, 4]),
          coarser: tf.zeros([1, 2, 2, 4]),
          pixels: tf.tensor1d([0], "int32"),
          count: 2,
        }),
      /^RangeError: Cannot run AddBilinearDoubled: count is 2, must be at most 1$/,
    );
  });
  await useBackend("cpu");
});
