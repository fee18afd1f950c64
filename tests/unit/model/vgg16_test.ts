import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createVgg16, disposeVgg16, runVgg16, VGG16_LAYERS } from "../../../src/model/vgg16.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";
import { formulaVgg16 } from "../../support/formula_vgg16.ts";

// Values of the whole network are compared with PyTorch in tests/oracle.

Deno.test("VGG16_LAYERS has 1,735,488 parameters up to pool3", () => {
  // Source: the sum over configuration D of Simonyan and Zisserman up to conv3_3.
  const count = VGG16_LAYERS.reduce((sum, { cin, cout }) => sum + 9 * cin * cout + cout, 0);
  assert.equal(count, 1_735_488);
});

forEachBackend("runVgg16() gives pool1 to pool3 and a gradient in the image", async () => {
  const vgg = createVgg16(formulaVgg16());
  const image = formulaTensor([2, 18, 16, 3], { scale: 0.5, shift: 0.5 });
  const { pool1, pool2, pool3, gradient } = await evaluate(() => {
    const [pool1, pool2, pool3] = runVgg16(vgg, toTensor(image));
    const gradient = tf.grad((x) => tf.mean(runVgg16(vgg, x as tf.Tensor4D)[2]!))(toTensor(image));
    return { pool1: pool1!, pool2: pool2!, pool3: pool3!, gradient };
  });
  disposeVgg16(vgg);
  assert.deepEqual(pool1.shape, [2, 9, 8, 64]);
  assert.deepEqual(pool2.shape, [2, 4, 4, 128]);
  assert.deepEqual(pool3.shape, [2, 2, 2, 256]);
  for (const { data } of [pool1, pool2, pool3, gradient]) {
    const values = Array.from(data);
    assert.ok(values.every(Number.isFinite) && values.some((v) => v !== 0));
  }
});

cpuTest("runVgg16() stands zeros around the image for the mean colour", async () => {
  const numbers = formulaVgg16();
  const vgg = createVgg16(numbers);
  const flat = {
    shape: [1, 8, 8, 3],
    data: Array.from({ length: 192 }, (_, i) => numbers.mean[i % 3]!),
  };
  const { pool1 } = await evaluate(() => ({ pool1: runVgg16(vgg, toTensor(flat))[0]! }));
  disposeVgg16(vgg);
  // An image of the mean colour is 0 after the subtraction, inside and outside alike: in conv1_1 every pixel is
  // max(0, bias), and conv1_2's inner pixels see the same everywhere.
  const inner = (y: number, x: number) =>
    Array.from({ length: 64 }, (_, c) => pool1.data[(y * 4 + x) * 64 + c]!);
  assertAllClose({ shape: [64], data: inner(1, 1) }, { shape: [64], data: inner(2, 2) }, {
    rtol: 1e-6,
    atol: 1e-7,
  });
});
