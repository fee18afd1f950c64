import assert from "node:assert/strict";
import { inputPlanes } from "../../../../src/engine/gpu/input_planes.ts";
import { pyramidPlanes } from "../../../../src/engine/plan/pyramid_planes.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";

const REQUEST = {
  height: 2,
  width: 4,
  // Exact in float32, so that a half can be taken off without rounding.
  rgb01: Float32Array.from({ length: 24 }, (_, i) => i / 32),
  validMask: Uint8Array.from([1, 0, 1, 1, 1, 1, 0, 0]),
};
const BASED: UNetConfig = {
  encoder: [{ kernel: 3, channels: 4 }, { kernel: 3, channels: 4 }],
  base: "pyramid",
  normalisation: "none",
  range: "[0,1]",
};

Deno.test("inputPlanes() blanks holes and adds an empty channel", () => {
  const { image, joins, base } = inputPlanes(PRESETS.tiny, REQUEST);
  assert.deepEqual([...image.subarray(0, 12)], [
    ...[0, 1 / 32, 2 / 32, 0],
    ...[0, 0, 0, 0],
    ...[6 / 32, 7 / 32, 8 / 32, 0],
  ]);
  assert.deepEqual(joins, []);
  assert.equal(base, undefined);
});

Deno.test("inputPlanes() gives holes their colour for typical convolutions", () => {
  const { image } = inputPlanes({
    ...PRESETS.tiny,
    convolution: "typical",
    holeValue: "imagenet-mean",
  }, REQUEST);
  assert.deepEqual([...image.subarray(4, 8)], [...new Float32Array([0.485, 0.456, 0.406, 0])]);
});

Deno.test("inputPlanes() over a base centres, and joins fill and share of known pixels by level", () => {
  const { image, joins, base } = inputPlanes(BASED, REQUEST);
  assert.deepEqual([...image.subarray(0, 8)], [-16 / 32, -15 / 32, -14 / 32, 0, 0, 0, 0, 0]);
  const fills = pyramidPlanes({
    height: 2,
    width: 4,
    rgb: REQUEST.rgb01,
    validMask: REQUEST.validMask,
  });
  assert.deepEqual(base, fills[0]);
  assert.equal(joins.length, 2);
  const channel = (plane: Float32Array, c: number) => [...plane].filter((_, i) => i % 4 === c);
  assert.deepEqual(channel(joins[0]!, 3), [1, 0, 1, 1, 1, 1, 0, 0]);
  // Three of the left four pixels are known, two of the right ones.
  assert.deepEqual(channel(joins[1]!, 3), [0.75, 0.5]);
  for (const level of [0, 1]) {
    for (const c of [0, 1, 2]) {
      const fill = [...fills[level]!].filter((_, i) => i % 3 === c);
      assert.deepEqual(channel(joins[level]!, c), fill.map((value) => Math.fround(value - 0.5)));
    }
  }
});

Deno.test("inputPlanes() takes fills that are given", () => {
  const fills = [new Float32Array(24).fill(0.25), new Float32Array(6).fill(0.75)];
  const { joins, base } = inputPlanes(BASED, { ...REQUEST, fills });
  assert.equal(base, fills[0]);
  assert.deepEqual([...joins[0]!.subarray(0, 4)], [-0.25, -0.25, -0.25, 1]);
  assert.deepEqual([...joins[1]!.subarray(0, 4)], [0.25, 0.25, 0.25, 0.75]);
});
