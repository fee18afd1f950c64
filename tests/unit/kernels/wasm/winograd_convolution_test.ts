import assert from "node:assert/strict";
import { kernelView } from "../../../../src/kernels/wasm/conv2d_forward.ts";
import { readConvGeometry } from "../../../../src/kernels/wasm/conv_geometry.ts";
import {
  suitsWinograd,
  winogradForward,
} from "../../../../src/kernels/wasm/winograd_convolution.ts";
import { referenceConvolution } from "../../../oracle/reference/convolution.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";
import { openOwnMemory } from "../own_memory.ts";

type Shape = [number, number, number, number];
type Pad = [[number, number], [number, number], [number, number], [number, number]];

const CASES: readonly (readonly [image: Shape, cout: number, pad: Pad])[] = [
  [[1, 4, 6, 4], 8, [[0, 0], [1, 1], [1, 1], [0, 0]]],
  [[2, 5, 4, 8], 12, [[0, 0], [2, 1], [0, 0], [0, 0]]],
  // Several strips of tiles.
  [[1, 30, 30, 4], 4, [[0, 0], [1, 1], [1, 1], [0, 0]]],
];

for (const [shape, cout, pad] of CASES) {
  Deno.test(`winogradForward() equals naive loops: ${shape.join("x")}, ${cout} channels`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const cin = shape[3];
    const geometry = readConvGeometry(shape, [3, 3, cin, cout], { strides: 1, pad });
    const { padTop, padLeft, outHeight, outWidth } = geometry;
    const [image, kernel] = [formulaTensor(shape), formulaTensor([3, 3, cin, cout], { phase: 1 })];
    const bias = formulaTensor([cout], { phase: 2 });
    const dy = formulaTensor([shape[0], outHeight, outWidth, cout]);
    const { output: sums } = referenceConvolution({
      ...{ image, kernel, stride: 1, padTop, padLeft, dy },
    });
    const output = take(4 * dy.data.length + 4);
    winogradForward(workspace, take, geometry, {
      input: put(image.data),
      kernel: kernelView(put(kernel.data), { kernelChannels: cin, cout }),
      output,
      bias: put(bias.data),
      slope: 0.25,
    });
    const expected = Array.from(sums.data, (sum, i) => {
      const value = sum + bias.data[i % cout]!;
      return value < 0 ? value / 4 : value;
    });
    const actual = { shape: sums.shape, data: get(output, expected.length) };
    assertAllClose(actual, { shape: sums.shape, data: expected }, { rtol: 1e-6, atol: 2e-6 });
    assert.deepEqual(get(output + 4 * expected.length, 1), [7]);
  });
}

Deno.test("suitsWinograd() wants many channels and pixels, 3x3, stride 1, even sizes", () => {
  const suits = (image: Shape, side: number, strides: number, cout = 64, isAdded = false) => {
    const geometry = readConvGeometry(image, [side, side, image[3], cout], {
      ...{ strides, pad: "same" },
    });
    const kernel = kernelView(0, { kernelChannels: image[3], cout });
    return suitsWinograd(geometry, { input: 0, kernel, output: 0, isAdded });
  };
  assert.ok(suits([2, 8, 16, 64], 3, 1));
  assert.ok(!suits([2, 8, 17, 64], 3, 1));
  assert.ok(!suits([1, 8, 16, 64], 3, 1));
  assert.ok(!suits([2, 8, 16, 60], 3, 1));
  assert.ok(!suits([2, 8, 16, 64], 3, 1, 66));
  assert.ok(!suits([2, 8, 16, 64], 5, 1));
  assert.ok(!suits([2, 8, 16, 64], 3, 2));
  assert.ok(!suits([2, 8, 16, 64], 3, 1, 64, true));
});
