import assert from "node:assert/strict";
import { CAFFE_SCALE, toCanonicalVgg16 } from "../../../src/checkpoint/vgg16_convention.ts";
import {
  createVgg16,
  disposeVgg16,
  runVgg16,
  type Vgg16Numbers,
} from "../../../src/model/vgg16.ts";
import { assertAllClose, type Values } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";
import { formulaVgg16 } from "../../support/formula_vgg16.ts";

const { arrays } = formulaVgg16();
const rgb01 = formulaTensor([1, 16, 16, 3], { scale: 0.5, shift: 0.5 });

/** Features of pre-processed numbers by the weights as they are. */
const rawFeatures = (image: Values) => features({ arrays, mean: [0, 0, 0] }, image);

async function features(numbers: Vgg16Numbers, image: Values): Promise<Values> {
  const vgg = createVgg16(numbers);
  const { pool3 } = await evaluate(() => ({ pool3: runVgg16(vgg, toTensor(image))[2]! }));
  disposeVgg16(vgg);
  return pool3;
}

function preprocess(f: (value: number, channel: number) => number): Values {
  return { shape: rgb01.shape, data: Array.from(rgb01.data, (value, i) => f(value, i % 3)) };
}

cpuTest("toCanonicalVgg16() of torchvision weights gives their own features", async () => {
  const mean = [0.485, 0.456, 0.406];
  const deviation = [0.229, 0.224, 0.225];
  const expected = await rawFeatures(preprocess((v, c) => (v - mean[c]!) / deviation[c]!));
  const actual = await features(toCanonicalVgg16(arrays, "torchvision"), rgb01);
  assert.ok(Math.max(...Array.from(expected.data)) > 0.1);
  // Float32 through seven layers in another order of multiplication.
  assertAllClose(actual, expected, { rtol: 1e-4, atol: 1e-5 });
});

cpuTest("toCanonicalVgg16() of Caffe weights gives their features over CAFFE_SCALE", async () => {
  const mean = [123.68, 116.779, 103.939];
  const expected = await rawFeatures(preprocess((v, c) => 255 * v - mean[c]!));
  const actual = await features(toCanonicalVgg16(arrays, "caffe"), rgb01);
  const scaled = { shape: actual.shape, data: Array.from(actual.data, (v) => v * CAFFE_SCALE) };
  assert.ok(Math.max(...Array.from(expected.data)) > 10);
  assertAllClose(scaled, expected, { rtol: 1e-4, atol: 1e-3 });
});

Deno.test("CAFFE_SCALE is 255 times the mean deviation of ImageNet", () => {
  // By hand: 255 · (0.229 + 0.224 + 0.225) / 3.
  assert.ok(Math.abs(CAFFE_SCALE - 57.63) < 1e-9);
});

Deno.test("toCanonicalVgg16() leaves its input alone", () => {
  const before = arrays.get("conv1_1/kernel")!.slice();
  toCanonicalVgg16(arrays, "caffe");
  assert.deepEqual(arrays.get("conv1_1/kernel"), before);
});
