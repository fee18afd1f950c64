/**
 * The inner loop of a filter gradient: a few numbers of the windows times a few output channels, added up over pixels.
 * @module
 */
import { BLOCK_CHANNELS, type BlockVectors, ENTRY_BYTES } from "./dense_conv_kernel.ts";
import { type MultiplyAdd, multiplyAdd } from "./fused_multiply_add.ts";
import { FunctionCode, type Local } from "./wasm_code.ts";

/** Numbers of a window's row that stay in registers together with 8 output channels. */
export const TILE_NUMBERS = 6;

const LINE_BYTES = 4 * BLOCK_CHANNELS;

/**
 * Writes `(entry, end, offset, dy, target, targetStep, tiles)`: for `tiles` times `numbers` consecutive numbers of a window's row,
 * `target[number] += Σ number · dy` over the pixels `[entry, end)` of a list, 8 channels at once. The sum over these pixels is
 * made apart and then added, so that long sums stay exact.
 *
 * - `offset`: bytes from a window's beginning to the first of the numbers.
 * - `dy`: a line of 8 channels for each pixel, in the order of the list.
 * - `targetStep`: bytes from the 8 sums of one number to those of the next.
 *
 * @param numbers 1 to {@linkcode TILE_NUMBERS}.
 * @param vectors 2; 1 computes only the first four channels.
 */
export function filterGradientKernel(
  numbers: number,
  vectors: BlockVectors,
  how: MultiplyAdd,
): FunctionCode {
  const code = new FunctionCode(new Array(7).fill("i32"));
  const [entry, end, offset, dy, target, targetStep, tiles] = code.parameters as [
    ...[Local, Local, Local, Local, Local, Local, Local],
  ];
  const v128 = () => code.local("v128");
  const [at, input, line] = [code.local("i32"), code.local("i32"), code.local("i32")] as const;
  const sums = Array.from({ length: numbers }, () => Array.from({ length: vectors }, v128));
  const slopes = Array.from({ length: vectors }, v128);
  const value = v128();
  code.repeat(() => {
    for (const sum of sums.flat()) code.zeros().set(sum);
    code.get(entry).set(at);
    code.get(dy).set(line);
    code.repeat(() => {
      code.get(at).memory("i32.load").get(offset).plain("i32.add").set(input);
      slopes.forEach((slope, v) => code.get(line).memory("v128.load", v * 16).set(slope));
      sums.forEach((pair, i) => {
        code.get(input).memory("v128.load32_splat", i * 4).set(value);
        pair.forEach((sum, v) => multiplyAdd(code, { a: value, b: slopes[v]!, sum, how }));
      });
      code.increase(line, LINE_BYTES);
      code.increase(at, ENTRY_BYTES);
    }, () => code.get(at).get(end).plain("i32.lt_u"));
    for (const pair of sums) {
      pair.forEach((sum, v) => {
        code.get(target).get(target).memory("v128.load", v * 16).get(sum).plain("f32x4.add");
        code.memory("v128.store", v * 16);
      });
      code.increase(target, targetStep);
    }
    code.increase(offset, numbers * 4);
    code.increase(tiles, -1);
  }, () => code.get(tiles));
  return code;
}
