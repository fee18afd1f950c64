/**
 * The transforms of Winograd's minimal filtering: four outputs of a 3x3 convolution with 16 products instead of 36.
 *
 * Source: Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural Networks", F(2x2, 3x3).
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/** Products of one tile of 2x2 outputs. */
export const WINOGRAD_COMPONENTS = 16;

const FOUR = [0, 1, 2, 3] as const;

/** `target = a ± b`. */
function combine(
  code: FunctionCode,
  target: Local,
  [a, sign, b]: readonly [Local, "+" | "-", Local],
) {
  code.get(a).get(b).plain(sign === "+" ? "f32x4.add" : "f32x4.sub").set(target);
}

function vectors(code: FunctionCode, count: number): Local[] {
  return Array.from({ length: count }, () => code.local("v128"));
}

/**
 * Writes `(source, rowBytes, pixelBytes, target, componentBytes, tiles)`: 4x4 pixels of a canvas, every two pixels, to 16
 * numbers for each channel. A component's numbers lie by tile and channel; `pixelBytes` is a multiple of 16.
 */
export function winogradInputKernel(): FunctionCode {
  const code = new FunctionCode(new Array(6).fill("i32"));
  const [source, rowBytes, pixelBytes, target, componentBytes, tiles] = code.parameters as [
    ...[Local, Local, Local, Local, Local, Local],
  ];
  const [stop, at, to] = [code.local("i32"), code.local("i32"), code.local("i32")] as const;
  const pixels = vectors(code, 4);
  const rows = FOUR.map(() => vectors(code, 4));
  const result = code.local("v128");
  code.repeat(() => {
    code.get(source).get(pixelBytes).plain("i32.add").set(stop);
    code.repeat(() => {
      code.get(source).set(at);
      for (const row of rows) {
        code.get(at).set(to);
        for (const pixel of pixels) {
          code.get(to).memory("v128.load").set(pixel);
          code.increase(to, pixelBytes);
        }
        const [a, b, c, d] = pixels as [Local, Local, Local, Local];
        combine(code, row[0]!, [a, "-", c]);
        combine(code, row[1]!, [b, "+", c]);
        combine(code, row[2]!, [c, "-", b]);
        combine(code, row[3]!, [b, "-", d]);
        code.increase(at, rowBytes);
      }
      code.get(target).set(to);
      const pairs = [[0, "-", 2], [1, "+", 2], [2, "-", 1], [1, "-", 3]] as const;
      for (const [a, sign, b] of pairs) {
        for (const column of FOUR) {
          combine(code, result, [rows[a]![column]!, sign, rows[b]![column]!]);
          code.get(to).get(result).memory("v128.store");
          code.increase(to, componentBytes);
        }
      }
      code.increase(source, 16);
      code.increase(target, 16);
    }, () => code.get(source).get(stop).plain("i32.lt_u"));
    // On by two pixels; one is behind us.
    code.increase(source, pixelBytes);
    code.increase(tiles, -1);
  }, () => code.get(tiles));
  return code;
}

/**
 * Writes `(kernel, tapBytes, target, componentBytes, vectors, half)`: nine taps to 16 numbers, for so many times four pairs of
 * channels; `half` is the address of 0.5.
 */
export function winogradWeightsKernel(): FunctionCode {
  const code = new FunctionCode(new Array(6).fill("i32"));
  const [kernel, tapBytes, target, componentBytes, count, half] = code.parameters as [
    ...[Local, Local, Local, Local, Local, Local],
  ];
  const to = code.local("i32");
  const taps = vectors(code, 9);
  const rows = FOUR.map(() => vectors(code, 3));
  const results = vectors(code, 4);
  const [factor, sum] = vectors(code, 2) as [Local, Local];
  code.get(half).memory("v128.load32_splat").set(factor);
  /** `[a, (a+b+c)/2, (a-b+c)/2, c]`. */
  const spread = ([a, b, c]: readonly Local[], targets: readonly Local[]) => {
    combine(code, sum, [a!, "+", c!]);
    for (const [i, sign] of [[1, "+"], [2, "-"]] as const) {
      combine(code, targets[i]!, [sum, sign, b!]);
      code.get(targets[i]!).get(factor).plain("f32x4.mul").set(targets[i]!);
    }
    code.get(a!).set(targets[0]!);
    code.get(c!).set(targets[3]!);
  };
  code.repeat(() => {
    code.get(kernel).set(to);
    for (const tap of taps) {
      code.get(to).memory("v128.load").set(tap);
      code.increase(to, tapBytes);
    }
    for (const column of [0, 1, 2]) {
      spread([0, 3, 6].map((row) => taps[row + column]!), rows.map((row) => row[column]!));
    }
    code.get(target).set(to);
    for (const row of rows) {
      spread(row, results);
      for (const result of results) {
        code.get(to).get(result).memory("v128.store");
        code.increase(to, componentBytes);
      }
    }
    code.increase(kernel, 16);
    code.increase(target, 16);
    code.increase(count, -1);
  }, () => code.get(count));
  return code;
}

/**
 * Writes `(source, componentBytes, target, rowBytes, pixelBytes, tiles, bias, slope)`: 16 numbers for each channel to 2x2 pixels,
 * plus the bias, what is negative times the slope. `bias` has a number for each channel, `slope` is an address.
 */
export function winogradOutputKernel(): FunctionCode {
  const code = new FunctionCode(new Array(8).fill("i32"));
  const [source, componentBytes, target, rowBytes, pixelBytes, tiles, bias, slope] = code
    .parameters as [...[Local, Local, Local, Local, Local, Local, Local, Local]];
  const [stop, from, shift] = [code.local("i32"), code.local("i32"), code.local("i32")] as const;
  const products = FOUR.map(() => vectors(code, 4));
  const rows = [vectors(code, 4), vectors(code, 4)] as const;
  const [factor, result] = vectors(code, 2) as [Local, Local];
  code.get(slope).memory("v128.load32_splat").set(factor);
  code.repeat(() => {
    code.get(target).get(pixelBytes).plain("i32.add").set(stop);
    code.get(bias).set(shift);
    code.repeat(() => {
      code.get(source).set(from);
      for (const product of products.flat()) {
        code.get(from).memory("v128.load").set(product);
        code.increase(from, componentBytes);
      }
      for (const column of FOUR) {
        const [a, b, c, d] = products.map((row) => row[column]!) as [Local, Local, Local, Local];
        code.get(a).get(b).plain("f32x4.add").get(c).plain("f32x4.add").set(rows[0][column]!);
        code.get(b).get(c).plain("f32x4.sub").get(d).plain("f32x4.sub").set(rows[1][column]!);
      }
      rows.forEach((row, y) => {
        const [a, b, c, d] = row as [Local, Local, Local, Local];
        for (const x of [0, 1]) {
          if (x === 0) code.get(a).get(b).plain("f32x4.add").get(c).plain("f32x4.add");
          else code.get(b).get(c).plain("f32x4.sub").get(d).plain("f32x4.sub");
          code.get(shift).memory("v128.load").plain("f32x4.add").set(result);
          code.get(target);
          if (y === 1) code.get(rowBytes).plain("i32.add");
          if (x === 1) code.get(pixelBytes).plain("i32.add");
          code.get(result).get(result).get(factor).plain("f32x4.mul").plain("f32x4.pmax");
          code.memory("v128.store");
        }
      });
      for (const pointer of [source, target, shift]) code.increase(pointer, 16);
    }, () => code.get(target).get(stop).plain("i32.lt_u"));
    code.increase(target, pixelBytes);
    code.increase(tiles, -1);
  }, () => code.get(tiles));
  return code;
}
