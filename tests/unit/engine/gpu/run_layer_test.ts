import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { arrangeLayer } from "../../../../src/engine/gpu/arrange_layer.ts";
import { joinPlanes, runLayer } from "../../../../src/engine/gpu/run_layer.ts";
import { pixelLanes } from "../../../../src/kernels/webgpu/choose_tile.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate } from "../../../support/evaluate.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";

// More shapes: tests/unit/kernels/webgpu/fused_cases.ts.
gpuTest(
  "runLayer() sums windows, times the ratio, plus the bias, with the activation",
  async () => {
    await useBackend("gpu");
    const ones = new Float32Array(9).fill(1);
    const arranged = arrangeLayer({ kernel: ones, side: 3, cout: 1, bias: [-30] }, [
      { channels: 1, upsample: 1 },
    ]);
    const { output } = await evaluate(() => {
      const image = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
      const layer = {
        ...arranged,
        weights: tf.tensor1d(arranged.weights),
        bias: tf.tensor1d(arranged.bias),
        groups: arranged.groups.map((group) => ({ ...group, upsample: 1 as const })),
        side: 3,
        stride: 1 as const,
        slope: 0.5,
      };
      const work = {
        height: 2,
        width: 3,
        ratios: [Float32Array.from([1, 2, 1, 0, 1, 2])],
        needed: [new Uint8Array(6).fill(1)],
      };
      const filled = tf.pad(image, [[0, 0], [0, 0], [0, 0], [0, 3]]);
      return { output: tf.slice(runLayer(layer, [filled], work, pixelLanes()), 0, [1, 2, 3, 1]) };
    });
    // Sums of what lies inside: 12, 21, 16 in both rows. Below zero half of it.
    const data = [-9, 12, -7, 0, -4.5, 2];
    assertAllClose(output, { shape: [1, 2, 3, 1], data }, EXACT);
    await useBackend("cpu");
  },
);

Deno.test("joinPlanes() copies only what must be copied", () => {
  const [a, b] = [new Float32Array([1, 2]), new Float32Array([3])];
  assert.equal(joinPlanes([a]), a);
  assert.deepEqual(joinPlanes([a, b]), new Float32Array([1, 2, 3]));
});
