import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { ontoCanvas, readConvGeometry } from "../../../../src/kernels/wasm/conv_geometry.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

Deno.test("readConvGeometry() measures a strided convolution in blocks", () => {
  const pad = [[0, 0], [3, 3], [3, 3], [0, 0]];
  assert.deepEqual(readConvGeometry([2, 9, 12, 3], [7, 7, 3, 4], { strides: [2, 2], pad }), {
    stride: 2,
    padTop: 3,
    padLeft: 3,
    blockRows: 4,
    blockColumns: 4,
    // 5 and 6 outputs, three blocks more, in pixels.
    paddedHeight: 16,
    paddedWidth: 18,
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

const ROW = { shape: [1, 1, 4, 1], data: [1, 2, 3, 4] };

for (
  const { what, at, size, expected } of [
    { what: "pads on both sides", at: 1, size: 7, expected: [0, 1, 2, 3, 4, 0, 0] },
    { what: "cuts on both sides", at: -1, size: 2, expected: [2, 3] },
    { what: "pads before and cuts after", at: 2, size: 4, expected: [0, 0, 1, 2] },
    { what: "cuts before and pads after", at: -3, size: 3, expected: [4, 0, 0] },
    { what: "leaves what fits", at: 0, size: 4, expected: [1, 2, 3, 4] },
  ]
) {
  cpuTest(`ontoCanvas() ${what}`, async () => {
    const { row } = await evaluate(() => ({
      row: ontoCanvas(toTensor(ROW), [0, at], [1, size]),
    }));
    assertAllClose(row, { shape: [1, 1, size, 1], data: expected }, EXACT);
  });
}

cpuTest("ontoCanvas() moves rows and columns of every image and channel alike", async () => {
  const images = formulaTensor([2, 3, 4, 2]);
  const { moved, padded } = await evaluate(() => {
    const x = toTensor<tf.Tensor4D>(images);
    // Cut in one direction and padded in the other.
    const cut = tf.slice(x, [0, 1, 0, 0], [2, 2, 4, 2]);
    return {
      moved: ontoCanvas(x, [-1, 2], [2, 7]),
      padded: tf.pad(cut, [[0, 0], [0, 0], [2, 1], [0, 0]]),
    };
  });
  assertAllClose(moved, padded, EXACT);
});
