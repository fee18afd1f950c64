import * as tf from "@tensorflow/tfjs";
import {
  type Arrangement,
  arrangeWeights,
} from "../../../../src/kernels/webgpu/arrange_weights.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { gpuBackend, ownTensor } from "./webgpu_backend.ts";

async function arrange(kernel: readonly [number, number, number, number], how: Arrangement) {
  await useBackend("gpu");
  const size = kernel.reduce((product, side) => product * side, 1);
  // Each number is its own position, from 1, in [k, k, cin, cout].
  const { weights } = await evaluate(() => ({
    weights: ownTensor(
      arrangeWeights(gpuBackend(), tf.reshape(tf.range(1, size + 1), [...kernel]), how),
    ),
  }));
  await useBackend("cpu");
  return weights;
}

gpuTest("arrangeWeights() cuts columns into blocks and fills channels with zeros", async () => {
  const weights = await arrange([1, 1, 2, 12], {
    isTransposed: false,
    phases: 1,
    taps: [1, 1],
    first: [0, 0],
    step: 1,
    channels: 4,
    phaseRows: 4,
  });
  const [a, b] = [[1, 2, 3, 4], [13, 14, 15, 16]];
  const plus = (line: number[], n: number) => line.map((value) => value + n);
  const none = [0, 0, 0, 0];
  const blocks = [0, 4, 8].map((n) => [plus(a!, n), plus(b!, n), none, none]);
  assertAllClose(weights, { shape: [3, 4, 4], data: blocks.flat(2) }, EXACT);
});

gpuTest("arrangeWeights() turns a kernel for the input gradient", async () => {
  const weights = await arrange([2, 2, 4, 1], {
    isTransposed: true,
    phases: 1,
    taps: [2, 2],
    first: [1, 1],
    step: -1,
    channels: 1,
    phaseRows: 4,
  });
  // Taps in turn from the last to the first; of each the four input channels beside each other.
  const taps = [[13, 14, 15, 16], [9, 10, 11, 12], [5, 6, 7, 8], [1, 2, 3, 4]];
  assertAllClose(weights, { shape: [1, 4, 4], data: taps.flat() }, EXACT);
});

gpuTest("arrangeWeights() takes every second tap of a turned kernel, by phase", async () => {
  const weights = await arrange([3, 3, 4, 1], {
    isTransposed: true,
    phases: 2,
    taps: [1, 2],
    first: [1, 2],
    step: -2,
    channels: 1,
    phaseRows: 4,
  });
  // Tap t begins at 4t + 1. Even rows take tap row 1 alone, odd ones 2 and then 0; columns likewise.
  const line = (tap: number) => [1, 2, 3, 4].map((c) => 4 * tap + c);
  const none = [0, 0, 0, 0];
  const phases = [
    [line(4), none, none, none],
    [line(5), line(3), none, none],
    [line(7), line(1), none, none],
    [line(8), line(6), line(2), line(0)],
  ];
  assertAllClose(weights, { shape: [1, 16, 4], data: phases.flat(2) }, EXACT);
});
