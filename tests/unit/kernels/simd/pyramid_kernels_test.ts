import assert from "node:assert/strict";
import {
  type PyramidKernelName,
  pyramidKernels,
} from "../../../../src/kernels/simd/pyramid_kernels.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";

// Whole pyramids are compared in tests/unit/engine/cpu/place_pyramid_test.ts; here each step by hand.

type Pixel = readonly [red: number, green: number, blue: number, known: number];

const NONE: Pixel = [0, 0, 0, 0];

/** A map with two pixels of border; numbers stand for grey pixels that are known. */
function map(rows: readonly (readonly (number | Pixel)[])[]) {
  const pixel = (value: number | Pixel): Pixel =>
    typeof value === "number" ? [value, value, value, 1] : value;
  const width = rows[0]!.length;
  const empty = new Array<Pixel>(width + 4).fill(NONE);
  const padded = rows.map((row) => [NONE, NONE, ...row.map(pixel), NONE, NONE]);
  return { height: rows.length, width, values: [empty, empty, ...padded, empty, empty].flat(2) };
}

type Map = ReturnType<typeof map>;

/** Runs one step and gives the target's pixels by row. */
async function step(
  name: PyramidKernelName,
  source: Map,
  [rows, columns]: readonly [number, number],
  other: Map = source,
): Promise<Pixel[][]> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = encodeModule(pyramidKernels(), { initial: 1, isShared: false });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const put = ({ width, values }: Map, at: number) => {
    new Float32Array(memory.buffer, at, values.length).set(values);
    const pitch = (width + 4) * 16;
    return [at + 2 * pitch + 32, pitch];
  };
  const target = 32768;
  const pitch = columns * 16;
  const run = instance.exports[name] as (...values: number[]) => void;
  const from = put(source, 1024);
  run(...from, target, pitch, rows, columns, ...put(other, 16384));
  const values = new Float32Array(memory.buffer, target, rows * columns * 4);
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => {
      const at = (y * columns + x) * 4;
      return [...values.subarray(at, at + 4)] as unknown as Pixel;
    }));
}

Deno.test("shrink takes weighted means of what is known", async () => {
  // Window of the one target pixel: rows and columns -1 to 2 with weights 1 3 3 1; known are (0, 0) and (1, 1).
  const pixel = (await step("shrink", map([[8, NONE], [NONE, 16]]), [1, 1]))[0]![0]!;
  assert.deepEqual(pixel, [12, 12, 12, 1]);
  // Weights 3·3 of (0, 0) and 3·1 of (0, 2): (9·8 + 3·16) / 12.
  const [near, far] = (await step("shrink", map([[8, NONE, 16, NONE]]), [1, 2]))[0]!;
  assert.deepEqual([near![0], near![3]], [10, 1]);
  // (0, 0) is out of reach of the second window: 16 alone.
  assert.deepEqual(far, [16, 16, 16, 1]);
});

Deno.test("shrink leaves zeros where nothing is known", async () => {
  assert.deepEqual(await step("shrink", map([[NONE, NONE], [NONE, NONE]]), [1, 1]), [[NONE]]);
});

Deno.test("smooth takes means of 3x3 windows without what lies outside", async () => {
  const rows = await step("smooth", map([[0, 6], [12, 18]]), [2, 2]);
  assert.deepEqual(rows.flat().map(([red]) => red), [9, 9, 9, 9]);
  const line = await step("smooth", map([[0, 6, 9]]), [1, 3]);
  assert.deepEqual(line[0], [[3, 3, 3, 1], [5, 5, 5, 1], [7.5, 7.5, 7.5, 1]]);
});

Deno.test("place keeps known pixels and doubles the smooth map elsewhere", async () => {
  const source = map([[NONE, NONE, 7, NONE], [NONE, NONE, NONE, NONE]]);
  const rows = await step("place", source, [2, 4], map([[0, 4]]));
  // Half-pixel centres: 0 at the edge, then a quarter, three quarters and all of the way to 4.
  assert.deepEqual(rows[0]!.map(([red]) => red), [0, 1, 7, 4]);
  assert.deepEqual(rows[1], [[0, 0, 0, 1], [1, 1, 1, 1], [3, 3, 3, 1], [4, 4, 4, 1]]);
});

Deno.test("relax keeps known pixels and takes means of what was placed elsewhere", async () => {
  const rows = await step("relax", map([[NONE, 5, NONE]]), [1, 3], map([[1, 5, 9]]));
  assert.deepEqual(rows[0]!.map(([red]) => red), [3, 5, 7]);
});

Deno.test("halve takes means of 2x2 blocks, holes counting as zero", async () => {
  const pixel = (await step("halve", map([[4, NONE], [8, 4]]), [1, 1]))[0]![0]!;
  assert.deepEqual(pixel, [4, 4, 4, 0.75]);
});

Deno.test("join takes colours of one map and lane 3 of another", async () => {
  const [row] = await step("join", map([[[1, 2, 3, 4]]]), [1, 1], map([[[5, 6, 7, 8]]]));
  assert.deepEqual(row, [[1, 2, 3, 8]]);
});
