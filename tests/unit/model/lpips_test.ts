import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createLpips, type LpipsNumbers } from "../../../src/model/lpips.ts";
import type { ChainLayout } from "../../../src/model/torchvision_layouts.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";

/** Two convolutions of one pixel, both tapped, and a pool that LPIPS must not reach. */
const LAYOUT: ChainLayout = {
  name: "tiny",
  steps: [
    { kind: "conv", place: 0, kernel: 1, stride: 1, pad: 0 },
    { kind: "conv", place: 2, kernel: 1, stride: 1, pad: 0 },
    { kind: "pool", size: 9, stride: 9 },
  ],
  taps: [0, 2],
  linears: [],
  inputSize: 9,
  grid: 1,
};

/** The first layer gives ReLU of red and green as they are, the second the positive part of red alone, and 0. */
const NUMBERS: LpipsNumbers = {
  backbone: {
    layout: LAYOUT,
    convs: new Map([
      [0, {
        shape: [2, 3, 1, 1],
        weight: Float32Array.of(1, 0, 0, 0, 1, 0),
        bias: new Float32Array(2),
      }],
      [2, { shape: [2, 2, 1, 1], weight: Float32Array.of(1, 0, 0, 0), bias: new Float32Array(2) }],
    ]),
    linears: [],
  },
  heads: [Float32Array.of(2, 3), Float32Array.of(5, 7)],
};

// Measured 1.0e-7 for the scaling layer and 0 else, but a GPU may divide and take roots with an error of some 1e-7.
const ATOL = 2e-7;
const ATOL_GPU = 1e-6;

const [RED, GREEN, BLACK] = [[255, 0, 0], [0, 255, 0], [0, 0, 0]] as const;
const picture = (...pixels: (readonly number[])[]) => Uint8Array.from(pixels.flat());

forEachBackend("distance() is by hand arithmetic", async (device) => {
  const atol = device === "gpu" ? ATOL_GPU : 0;
  const lpips = createLpips(NUMBERS);
  assert.deepEqual([lpips.name, lpips.smallest], ["LPIPS (tiny)", 1]);
  const size = { width: 2, height: 1 };
  // Directions are (1, 0) of red and (0, 1) of green, in the second layer (1, 0) and (0, 0), whose length is 0.
  // First tap: 2·1 + 3·1 at one of two places; second: 5·1 there.
  const far = await lpips.distance(picture(RED, RED), picture(RED, GREEN), size);
  assert.ok(Math.abs(far - (2.5 + 2.5)) <= atol, `${far}`);
  // Black is below the shift in all channels: no feature, no direction.
  const black = await lpips.distance(picture(BLACK, BLACK), picture(RED, RED), size);
  assert.ok(Math.abs(black - (2 + 5)) <= atol, `${black}`);
  assert.equal(await lpips.distance(picture(RED, GREEN), picture(RED, GREEN), size), 0);
  lpips.dispose();
});

cpuTest("distance() prepares pictures as the scaling layer does", async () => {
  const lpips = createLpips(NUMBERS);
  const size = { width: 1, height: 1 };
  // Red (1 + 0.030) / 0.458, green (1 + 0.088) / 0.448: both are there in yellow, and one in red.
  const [red, green] = [1.030 / 0.458, 1.088 / 0.448];
  const length = Math.hypot(red, green);
  const expected = 2 * (red / length - 1) ** 2 + 3 * (green / length) ** 2;
  const actual = await lpips.distance(picture([255, 255, 0]), picture(RED), size);
  assert.ok(Math.abs(actual - expected) < ATOL, `${actual} must be ${expected}`);
  lpips.dispose();
});

cpuTest("distance() frees all tensors of a call, dispose() the network", async () => {
  const none = tf.memory().numTensors;
  const lpips = createLpips(NUMBERS);
  const before = tf.memory().numTensors;
  for (let call = 0; call < 3; call++) {
    await lpips.distance(picture(RED), picture(GREEN), { width: 1, height: 1 });
  }
  assert.equal(tf.memory().numTensors, before);
  lpips.dispose();
  assert.equal(tf.memory().numTensors, none);
});

cpuTest("distance() refuses pictures of other sizes, and too small ones", async () => {
  const deep = {
    ...LAYOUT,
    steps: [{ kind: "pool", size: 2, stride: 2 } as const, ...LAYOUT.steps],
  };
  const lpips = createLpips({ ...NUMBERS, backbone: { ...NUMBERS.backbone, layout: deep } });
  assert.equal(lpips.smallest, 2);
  await assert.rejects(lpips.distance(picture(RED), picture(RED), { width: 1, height: 1 }), {
    name: "RangeError",
    message: "Cannot compare pictures: they are 1x1, must be at least 2x2",
  });
  const right = new Uint8Array(12);
  for (const pair of [[right, picture(RED)], [picture(RED), right]] as const) {
    await assert.rejects(lpips.distance(...pair, { width: 2, height: 2 }), {
      name: "RangeError",
      message: "Cannot compare pictures: picture has 3 values, must have 2x2x3",
    });
  }
  lpips.dispose();
});
