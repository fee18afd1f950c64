/**
 * Products of matrices for tfjs's WebAssembly backend.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { copyLines } from "./copy_lines.ts";
import { correlateWalk, sumsLineBytes } from "./correlation.ts";
import { convolveWalk, countBlocks, packWeights } from "./dense_convolution.ts";
import type { KernelCall, WasmKernel } from "./replace_kernel.ts";

/** Below so many multiplications there is nothing to gain. */
const LEAST_PRODUCTS = 1 << 14;

/** One product `[rows, inner] x [inner, columns]`; addresses of the matrices as they lie in memory. */
interface Product {
  readonly a: number;
  readonly b: number;
  readonly out: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeB: boolean;
}

/**
 * `BatchMatMul`. A product is a 1x1 convolution whose pixels are the rows of `a`; with `a` transposed it is that
 * convolution's filter gradient. Small products and those with both sides transposed are left.
 */
export const multiplyMatrices: WasmKernel = ({ inputs, attrs, workspace, take }) => {
  const [a, b] = [inputs["a"]!, inputs["b"]!];
  const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
  const sides = ({ shape }: tf.TensorInfo, isTransposed: boolean) => {
    const [rows, columns] = shape.slice(-2) as [number, number];
    return isTransposed ? [columns, rows] as const : [rows, columns] as const;
  };
  const [rows, inner] = sides(a, transposeA);
  const [innerOfB, columns] = sides(b, transposeB);
  const outer = tf.broadcast_util
    .assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const count = tf.util.sizeFromShape(outer);
  const [countA, countB] = [a, b].map(({ shape }) => tf.util.sizeFromShape(shape.slice(0, -2)));
  const isSimple = [countA, countB].every((each) => each === 1 || each === count);
  const isFloat = a.dtype === "float32" && b.dtype === "float32";
  const isSmall = rows * inner * columns < LEAST_PRODUCTS;
  if (!isSimple || !isFloat || isSmall || innerOfB !== inner || (transposeA && transposeB)) {
    return undefined;
  }
  const out = workspace.makeOutput([...outer, rows, columns]);
  const [first, second, target] = [a, b, out].map(workspace.addressOf) as [
    ...[number, number, number],
  ];
  for (let i = 0; i < count; i++) {
    const product: Product = {
      a: first + (countA === 1 ? 0 : 4 * i * rows * inner),
      b: second + (countB === 1 ? 0 : 4 * i * inner * columns),
      out: target + 4 * i * rows * columns,
      ...{ rows, inner, columns, transposeB },
    };
    (transposeA ? multiplyTransposed : multiply)({ workspace, take }, product);
  }
  return out;
};

type Place = Pick<KernelCall, "workspace" | "take">;

/** A list of pixels whose numbers lie one behind the other. */
function line(address: number, count: number, size: number) {
  return { address, imageStep: 4 * count * size, rowStep: 4 * count * size, columnStep: 4 * size };
}

function multiply({ workspace, take }: Place, product: Product): void {
  const { a, b, out, rows, inner, columns, transposeB } = product;
  const weights = take(countBlocks(columns) * inner * 32);
  packWeights(workspace, {
    address: b,
    lines: inner,
    lineStep: transposeB ? 4 : 4 * columns,
    channels: columns,
    channelStep: transposeB ? 4 * inner : 4,
  }, { address: weights, blockBytes: inner * 32 });
  convolveWalk(workspace, take, {
    walk: {
      n: 1,
      rows: 1,
      columns: rows,
      input: line(a, rows, inner),
      output: line(out, rows, columns),
    },
    window: { rows: 1, run: inner, pitch: 4 * inner },
    weights,
    channels: columns,
  });
}

/** `a` lies as `[inner, rows]`. */
function multiplyTransposed({ workspace, take }: Place, product: Product): void {
  const { a, b, out, rows, inner, columns } = product;
  const lineBytes = sumsLineBytes(columns);
  const isDirect = lineBytes === 4 * columns;
  const sums = isDirect ? out : take(rows * lineBytes);
  correlateWalk(workspace, take, {
    n: 1,
    rows: 1,
    columns: inner,
    input: line(a, inner, rows),
    slopes: line(b, inner, columns),
    window: { rows: 1, run: rows, pitch: 4 * rows },
    channels: columns,
    sums,
  });
  if (isDirect) return;
  const copy = { source: sums, sourceStep: lineBytes, target: out, numbers: columns, lines: rows };
  copyLines(workspace, take, copy);
}
