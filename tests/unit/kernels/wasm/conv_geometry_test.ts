import assert from "node:assert/strict";
import { readConvGeometry } from "../../../../src/kernels/wasm/conv_geometry.ts";

Deno.test("readConvGeometry() measures a strided convolution", () => {
  const pad = [[0, 0], [3, 3], [3, 3], [0, 0]];
  assert.deepEqual(readConvGeometry([2, 9, 12, 3], [7, 7, 3, 4], { strides: [2, 2], pad }), {
    n: 2,
    height: 9,
    width: 12,
    cin: 3,
    kernelHeight: 7,
    kernelWidth: 7,
    cout: 4,
    stride: 2,
    padTop: 3,
    padLeft: 3,
    outHeight: 5,
    outWidth: 6,
  });
});

Deno.test('readConvGeometry() pads for "same" as TensorFlow does, at the end', () => {
  const { padTop, padLeft, outHeight, outWidth } = readConvGeometry([1, 6, 7, 1], [3, 3, 1, 1], {
    strides: 2,
    pad: "same",
  });
  assert.deepEqual({ padTop, padLeft, outHeight, outWidth }, {
    padTop: 0,
    padLeft: 1,
    outHeight: 3,
    outWidth: 4,
  });
});

Deno.test("readConvGeometry() refuses strides that differ", () => {
  const attrs = { strides: [1, 2], pad: "valid" };
  assert.throws(() => readConvGeometry([1, 6, 7, 1], [3, 3, 1, 1], attrs), {
    name: "RangeError",
    message: "Cannot differentiate conv2d: strides are 1 and 2, must be equal",
  });
});
