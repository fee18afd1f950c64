import * as tf from "@tensorflow/tfjs";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

/** Sides of a and b before transposition, batches first. */
const CASES = [
  { a: [2, 31, 40], b: [2, 40, 35], transposeA: false, transposeB: false },
  { a: [2, 29, 40], b: [1, 33, 40], transposeA: false, transposeB: true },
  { a: [1, 700, 5], b: [3, 700, 12], transposeA: true, transposeB: false },
  { a: [1, 700, 16], b: [1, 700, 16], transposeA: true, transposeB: false },
  // Left to tfjs: small, and both transposed.
  { a: [3, 4], b: [4, 5], transposeA: false, transposeB: false },
  { a: [40, 31], b: [35, 40], transposeA: true, transposeB: true },
];

for (const { a, b, transposeA, transposeB } of CASES) {
  const name = `${a.join("x")}${transposeA ? "ᵀ" : ""} by ${b.join("x")}${transposeB ? "ᵀ" : ""}`;
  cpuTest(`multiplyMatrices() equals loops in float64: ${name}`, async () => {
    const [first, second] = [formulaTensor(a), formulaTensor(b, { phase: 1 })];
    const { product } = await evaluate(() => ({
      product: tf.matMul(toTensor(first), toTensor(second), transposeA, transposeB),
    }));
    const [rows, columns] = product.shape.slice(-2) as [number, number];
    const inner = transposeA ? a.at(-2)! : a.at(-1)!;
    const at = (
      values: typeof first,
      batch: number,
      row: number,
      column: number,
      turn: boolean,
    ) => {
      const [height, width] = values.shape.slice(-2) as [number, number];
      const start = values.shape.length === 2 || values.shape[0] === 1 ? 0 : batch * height * width;
      return values.data[start + (turn ? column * width + row : row * width + column)]!;
    };
    const expected = Array.from(product.data, (_, i) => {
      const [batch, place] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
      const [row, column] = [Math.floor(place / columns), place % columns];
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += at(first, batch, row, k, transposeA) * at(second, batch, k, column, transposeB);
      }
      return sum;
    });
    assertAllClose(product, { shape: product.shape, data: expected }, { rtol: 5e-6, atol: 1e-5 });
  });
}
