import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { FusedShape } from "../../../../src/kernels/webgpu/fused_conv_shape.ts";
import {
  type FusedInputs,
  fusedPartialConv,
  type FusedTile,
  runFused,
} from "../../../../src/kernels/webgpu/fused_partial_conv.ts";
import type { GpuBackend } from "../../../../src/kernels/webgpu/gpu_program.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { gpuBackend, ownTensor } from "./webgpu_backend.ts";

const LANES: FusedTile = { kind: "pixel-lanes", pixels: 1, channels: 4 };
const TILES: FusedTile = { kind: "shared-tiles", pixels: 2, columns: 1, lines: 8 };

/** A 1x1 convolution of 4 to 4 channels over 8x12 pixels. */
const SHAPE: FusedShape = {
  batch: 1,
  gridHeight: 8,
  gridWidth: 12,
  outStep: 1,
  cout: 4,
  weightRows: 4,
  groups: [{
    height: 8,
    width: 12,
    channels: 4,
    step: 1,
    taps: [1, 1],
    start: [0, 0],
    weightRow: 0,
    weightPhaseRows: 0,
  }],
  slope: 1,
  isPlain: false,
  firsts: [0, 0, 0, 0],
  counts: [96, 0, 0, 0],
};

/** The unit matrix as weights. */
const unit = () => tf.reshape(tf.eye(4), [1, 4, 4]);

function makeInputs(): FusedInputs {
  return {
    groups: [tf.reshape(tf.range(0, 384), [1, 8, 12, 4])],
    ratio: tf.ones([1, 8, 12]),
    pixels: tf.range(0, 96, 1, "int32"),
    weights: unit(),
    bias: tf.zeros([4]),
  };
}

gpuTest("runFused() covers all pixels where one line of workgroups does not", async () => {
  await useBackend("gpu");
  const expected = { shape: [1, 8, 12, 4], data: Array.from({ length: 384 }, (_, i) => i) };
  for (const tile of [LANES, TILES]) {
    const { all } = await evaluate(() => {
      // Two workgroups in a line, where 12 blocks of 8 pixels need twelve, 6 of 16 six.
      const limits = { maxComputeWorkgroupsPerDimension: 2 };
      const real = gpuBackend();
      const backend: GpuBackend = {
        device: { limits } as GPUDevice,
        runWebGPUProgram: (...args) => real.runWebGPUProgram(...args),
        disposeData: (id) => real.disposeData(id),
      };
      const { groups: [group0], ratio, pixels, weights, bias } = makeInputs();
      const inputs = { group0: group0!, ratio, pixels, weights, bias };
      return { all: ownTensor(runFused(inputs, backend, { shape: SHAPE, tile })) };
    });
    assertAllClose(all, expected, EXACT, tile.kind);
  }
  await useBackend("cpu");
});

const FAULTS: readonly (readonly [string, Partial<FusedShape>, Partial<FusedTile>, RegExp])[] = [
  ["a map of another size", { batch: 2 }, {}, /group0 has 384 numbers, must have 768/],
  [
    "channels that are not in fours",
    { cout: 6 },
    {},
    /channels are 4 to 6, must be multiples of 4/,
  ],
  [
    "more channels a thread than lie together",
    {},
    { channels: 8 },
    /makes 8 of 4 channels, must make at most 4/,
  ],
  [
    "rows that groups do not have",
    { weightRows: 5 },
    {},
    /groups have 4 rows of weights, must have 5/,
  ],
  [
    "a list that is too short",
    { counts: [97, 0, 0, 0] },
    {},
    /97 pixels are listed, must be at most 96/,
  ],
];

for (const [name, shape, tile, message] of FAULTS) {
  gpuTest(`fusedPartialConv() refuses ${name}`, async () => {
    await useBackend("gpu");
    tf.tidy(() => {
      assert.throws(
        () =>
          fusedPartialConv(
            makeInputs(),
            { ...SHAPE, ...shape },
            { ...LANES, ...tile } as FusedTile,
          ),
        (error: Error) => error instanceof RangeError && message.test(error.message),
      );
    });
    await useBackend("cpu");
  });
}
