/**
 * Fused convolutions for the tests of both programs, with loops in float64 for what they must give.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { arrangeLayer } from "../../../../src/engine/gpu/arrange_layer.ts";
import { runLayer } from "../../../../src/engine/gpu/run_layer.ts";
import type { FusedTile } from "../../../../src/kernels/webgpu/fused_partial_conv.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";

/** One convolution; sizes are of the output. */
export interface FusedCase {
  readonly name: string;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly side: number;
  readonly stride: 1 | 2;
  readonly groups: readonly { readonly channels: number; readonly upsample: 1 | 2 }[];
  readonly cout: number;
  readonly slope: number;
}

const plain = (...channels: number[]) =>
  channels.map((channels) => ({ channels, upsample: 1 as const }));
const doubled = (channels: number) => ({ channels, upsample: 2 as const });

/** Kernels of all sides, both strides, sides that no tile divides, up to three groups, channels that need filling. */
export const FUSED_CASES: readonly FusedCase[] = [
  { height: 5, width: 7, side: 3, stride: 1, groups: plain(4), cout: 8, slope: 0, batch: 2 },
  { height: 4, width: 5, side: 7, stride: 2, groups: plain(3, 4), cout: 16, slope: 0, batch: 1 },
  { height: 9, width: 3, side: 5, stride: 2, groups: plain(8), cout: 6, slope: 0.2, batch: 2 },
  { height: 6, width: 11, side: 1, stride: 1, groups: plain(20), cout: 3, slope: 1, batch: 1 },
  {
    height: 10,
    width: 6,
    side: 3,
    stride: 1,
    groups: [doubled(8), ...plain(5, 4)],
    cout: 16,
    slope: 0.2,
    batch: 2,
  },
  { height: 2, width: 2, side: 3, stride: 1, groups: [doubled(4)], cout: 32, slope: 0, batch: 1 },
  {
    height: 12,
    width: 20,
    side: 3,
    stride: 1,
    groups: [doubled(16), ...plain(4)],
    cout: 4,
    slope: 1,
    batch: 1,
  },
].map((one) => ({
  ...one,
  stride: one.stride as 1 | 2,
  name: `${one.side}x${one.side} stride ${one.stride}, ${
    one.groups.map(({ channels, upsample }) => upsample === 2 ? `doubled ${channels}` : channels)
      .join(" + ")
  } to ${one.cout} channels, ${one.batch}x${one.height}x${one.width}`,
}));

/**
 * Registers a test of every case with a tile: listed pixels must equal float64 loops, whatever is in memory.
 *
 * @param tolerance Absolute, of sums of up to 350 products below 1.
 */
export function testFusedCases(
  what: string,
  tileOf: (cout: number) => FusedTile,
  tolerance: number,
) {
  for (const one of FUSED_CASES) {
    gpuTest(`${what} equals naive loops: ${one.name}`, async () => {
      await useBackend("gpu");
      const { batch, height, width, cout, slope, side, stride } = one;
      const { maps, kernel, shift, ratios, needed } = numbersOf(one);
      const folded = arrangeLayer(
        { kernel, side, cout, bias: shift },
        one.groups,
      );
      const output = tf.tidy(() =>
        runLayer(
          {
            ...folded,
            weights: tf.tensor1d(folded.weights),
            bias: tf.tensor1d(folded.bias),
            groups: one.groups.map((group, i) => ({ ...group, ...folded.groups[i]! })),
            side,
            stride,
            slope,
          },
          maps.map((map, i) => inFours(map, one, i)),
          { height, width, ratios, needed },
          () => tileOf(folded.cout),
        )
      );
      const values = await output.data();
      output.dispose();
      const expected = naive(one);
      const actual = expected.map((value, at) => {
        const pixel = Math.floor(at / cout);
        const isNeeded =
          needed[Math.floor(pixel / (height * width))]![pixel % (height * width)] === 1;
        return isNeeded ? values[pixel * folded.cout + at % cout]! : value;
      });
      const shape = [batch, height, width, cout];
      assertAllClose({ shape, data: actual }, { shape, data: expected }, {
        rtol: 0,
        atol: tolerance,
      });
      await useBackend("cpu");
    });
  }
}

/** Sizes of a group's map. */
function sizeOf({ height, width, stride, groups }: FusedCase, group: number) {
  const scale = stride / groups[group]!.upsample;
  return { rows: height * scale, columns: width * scale };
}

function numbersOf(one: FusedCase) {
  const { batch, height, width, side, groups, cout } = one;
  const cin = groups.reduce((sum, { channels }) => sum + channels, 0);
  const maps = groups.map(({ channels }, i) => {
    const { rows, columns } = sizeOf(one, i);
    return formulaTensor([batch, rows, columns, channels], { phase: i }).data as Float32Array;
  });
  const planes = Array.from({ length: batch }, (_, n) => n);
  return {
    maps,
    kernel: formulaTensor([side, side, cin, cout], { phase: 3, scale: 0.2 }).data,
    shift: formulaTensor([cout], { phase: 4 }).data,
    // Every ninth pixel has an empty window; others count 1 to 2.
    ratios: planes.map((n) =>
      Float32Array.from({ length: height * width }, (_, i) => (i + n) % 9 === 4 ? 0 : 1 + i % 3 / 2)
    ),
    needed: planes.map((n) =>
      Uint8Array.from({ length: height * width }, (_, i) => (i * 7 + n) % 5 === 0 ? 0 : 1)
    ),
  };
}

/** The map with its channels filled up, on the GPU. */
function inFours(map: Float32Array, one: FusedCase, group: number): tf.Tensor {
  const { channels } = one.groups[group]!;
  const { rows, columns } = sizeOf(one, group);
  const tensor = tf.tensor4d(map, [one.batch, rows, columns, channels]);
  return tf.pad(tensor, [[0, 0], [0, 0], [0, 0], [0, (4 - channels % 4) % 4]]);
}

/** Zeros around, nearest doubling, ratio, shift, activation, 0 where the ratio is 0: as defined. */
function naive(one: FusedCase): Float64Array {
  const { batch, height, width, side, stride, groups, cout, slope } = one;
  const { maps, kernel, shift, ratios } = numbersOf(one);
  const cin = groups.reduce((sum, { channels }) => sum + channels, 0);
  const output = new Float64Array(batch * height * width * cout);
  const pad = (side - 1) / 2;
  for (let at = 0; at < output.length; at++) {
    const o = at % cout;
    const pixel = Math.floor(at / cout);
    const [n, y, x] = [
      Math.floor(pixel / (height * width)),
      Math.floor(pixel / width) % height,
      pixel % width,
    ];
    const ratio = ratios[n]![pixel % (height * width)]!;
    if (ratio === 0) continue;
    let sum = 0;
    let channel = 0;
    groups.forEach(({ channels, upsample }, g) => {
      const { rows, columns } = sizeOf(one, g);
      for (let i = 0; i < side; i++) {
        for (let j = 0; j < side; j++) {
          const [row, column] = [y * stride + i - pad, x * stride + j - pad];
          if (row < 0 || column < 0 || row >= rows * upsample || column >= columns * upsample) {
            continue;
          }
          const from = (n * rows + Math.floor(row / upsample)) * columns +
            Math.floor(column / upsample);
          for (let c = 0; c < channels; c++) {
            sum += maps[g]![from * channels + c]! *
              kernel[((i * side + j) * cin + channel + c) * cout + o]!;
          }
        }
      }
      channel += channels;
    });
    const value = sum * ratio + shift[o]!;
    output[at] = Math.max(value, slope * value);
  }
  return output;
}
