import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { addCorrections } from "../../../../src/engine/plan/add_corrections.ts";
import { upsampleBilinear } from "../../../../src/ops/upsample_bilinear.ts";
import { createRandom } from "../../../../src/random.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";

/** Corrections of three stages, coarsest first, of a picture of 4·rows x 4·columns. */
function makeStages(rows: number, columns: number) {
  const random = createRandom(3, rows, columns);
  const numbers = (length: number) => Float32Array.from({ length }, random.normal);
  const sizes = [1, 2, 4].map((scale) => [rows * scale, columns * scale] as const);
  return {
    height: 4 * rows,
    width: 4 * columns,
    fill: numbers(16 * rows * columns * 3),
    corrections: sizes.map(([height, width]) => numbers(height * width * 3)),
    needed: sizes.map(([height, width]) => new Uint8Array(height * width).fill(1)),
  };
}

const copy = (arrays: readonly Float32Array[]) => arrays.map((array) => array.slice());

for (const [rows, columns] of [[1, 1], [1, 5], [3, 1], [4, 6]] as const) {
  cpuTest(`addCorrections() doubles as upsampleBilinear() does: ${rows}x${columns}`, async () => {
    const stages = makeStages(rows, columns);
    const { fill, corrections } = stages;
    const { sum } = await evaluate(() => {
      const tensors = corrections.map((data, i) =>
        toTensor<tf.Tensor4D>({ shape: [1, rows << i, columns << i, 3], data })
      );
      const whole = tensors.reduce((coarser, own) => tf.add(own, upsampleBilinear(coarser)));
      const base = toTensor({ shape: [1, stages.height, stages.width, 3], data: fill });
      return { sum: tf.add(base, whole) };
    });
    const data = addCorrections({ ...stages, corrections: copy(corrections) });
    // Measured: 4.8e-7, values up to 9.
    assertAllClose({ shape: sum.shape, data }, sum, { rtol: 0, atol: 9e-7 });
  });
}

Deno.test("addCorrections() adds one stage to the fill as it is", () => {
  const result = addCorrections({
    height: 2,
    width: 1,
    fill: Float32Array.of(1, 2, 3, 4, 5, 6),
    corrections: [Float32Array.of(0.5, 0.25, 0, -1, -2, -3)],
    needed: [Uint8Array.of(1, 1)],
  });
  assert.deepEqual([...result], [1.5, 2.25, 3, 3, 3, 3]);
});

Deno.test("addCorrections() adds the centre where something is needed", () => {
  const result = addCorrections({
    height: 1,
    width: 2,
    fill: Float32Array.of(0.25, 0, -0.25, 7, 7, 7),
    centre: 0.5,
    corrections: [Float32Array.of(0, 1, 0, 7, 7, 7)],
    needed: [Uint8Array.of(1, 0)],
  });
  assert.deepEqual([...result], [0.75, 1.5, 0.25, 0, 0, 0]);
});

Deno.test("addCorrections() weighs the nearest three times: half-pixel centres", () => {
  const result = addCorrections({
    height: 2,
    width: 4,
    fill: new Float32Array(24),
    corrections: [Float32Array.of(0, 0, 8, 16, 0, 8), new Float32Array(24)],
    needed: [Uint8Array.of(1, 1), new Uint8Array(8).fill(1)],
  });
  // By hand: 0 to 16 in quarters, the edge pixel repeated outside; channels do not mix.
  const row = [0, 0, 8, 4, 0, 8, 12, 0, 8, 16, 0, 8];
  assert.deepEqual([...result], [...row, ...row]);
});

Deno.test("addCorrections() gives the same bits where it is needed, zeros elsewhere, and reads no more", () => {
  const stages = makeStages(4, 6);
  const whole = addCorrections({ ...stages, corrections: copy(stages.corrections) });
  // One pixel: (6, 11) lies between rows 2 and 3, columns 5 and 6; these between rows 0 to 2, columns 2 to 3.
  const needed = stages.needed.map((set) => new Uint8Array(set.length));
  const corrections = stages.corrections.map((numbers) =>
    new Float32Array(numbers.length).fill(NaN)
  );
  const take = (stage: number, y: number, x: number) => {
    const width = 6 << stage;
    needed[stage]![y * width + x] = 1;
    for (let c = 0; c < 3; c++) {
      const at = (y * width + x) * 3 + c;
      corrections[stage]![at] = stages.corrections[stage]![at]!;
    }
  };
  take(2, 6, 11);
  for (const y of [2, 3]) for (const x of [5, 6]) take(1, y, x);
  for (const y of [0, 1, 2]) for (const x of [2, 3]) take(0, y, x);
  const result = addCorrections({ ...stages, corrections, needed });
  const expected = new Float32Array(result.length);
  const at = (6 * 24 + 11) * 3;
  expected.set(whole.subarray(at, at + 3), at);
  const shape = [16, 24, 3];
  assertAllClose({ shape, data: result }, { shape, data: expected }, EXACT);
});
