import assert from "node:assert/strict";
import {
  fusedDispatch,
  fusedInputs,
  type FusedShape,
  shapeUniforms,
  uniformMembers,
  weightBlock,
} from "../../../../src/kernels/webgpu/fused_conv_shape.ts";

const SHAPE: FusedShape = {
  batch: 2,
  gridHeight: 3,
  gridWidth: 5,
  outStep: 2,
  cout: 24,
  weightRows: 100,
  groups: [
    {
      height: 3,
      width: 5,
      channels: 8,
      step: 1,
      taps: [2, 2],
      start: [-1, 0],
      weightRow: 0,
      weightPhaseRows: 16,
    },
    {
      height: 6,
      width: 10,
      channels: 4,
      step: 2,
      taps: [3, 3],
      start: [-1, 0],
      weightRow: 64,
      weightPhaseRows: 0,
    },
  ],
  slope: 0.2,
  isPlain: false,
  firsts: [0, 10, 12, 20],
  counts: [10, 2, 8, 9],
};

Deno.test("fusedDispatch() covers the largest phase, and goes on below where a line is full", () => {
  // Ten pixels in blocks of four: three; 24 channels in blocks of eight: three; four phases.
  const tile = { pixels: 4, channels: 8 };
  assert.deepEqual(fusedDispatch(SHAPE, { ...tile, most: 100 }), [3, 3, 4]);
  assert.deepEqual(fusedDispatch(SHAPE, { ...tile, most: 2 }), [2, 6, 4]);
  const nothing = { ...SHAPE, outStep: 1 as const, counts: [0, 0, 0, 0] };
  assert.deepEqual(fusedDispatch(nothing, { ...tile, most: 2 }), [1, 0, 1]);
});

Deno.test("weightBlock() is the largest of 16, 8 and 4 that divides", () => {
  assert.deepEqual([4, 8, 12, 16, 24, 32, 48].map(weightBlock), [4, 8, 4, 16, 8, 16, 16]);
});

Deno.test("shapeUniforms() are the members in their order", () => {
  const types = uniformMembers(2).split(",").map((member) => member.split(":")[1]?.trim());
  const values = shapeUniforms(SHAPE);
  const written = values.map(({ type, data }) =>
    type === "float32" ? "f32" : `vec${data.length}<i32>`
  );
  assert.deepEqual(written, types.filter((type) => type !== undefined));
  assert.deepEqual(values.map(({ data }) => data), [
    [3, 5, 2, 6],
    [2, 100],
    [0, 10, 12, 20],
    [10, 2, 8, 9],
    [3, 5, 2, 1],
    [2, 2, -1, 0],
    [0, 16],
    [6, 10, 1, 2],
    [3, 3, -1, 0],
    [64, 0],
    [0.2],
  ]);
});

Deno.test("fusedInputs(): plain convolutions have neither ratio, list nor bias", () => {
  const names = (isPlain: boolean) => fusedInputs({ ...SHAPE, isPlain }).map(([name]) => name);
  assert.deepEqual(names(true), ["group0", "group1", "weights"]);
  assert.deepEqual(names(false), ["group0", "group1", "weights", "ratio", "pixels", "bias"]);
});
