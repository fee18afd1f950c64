/**
 * The inner loop of training's convolutions: any channels, any pixels that a list names.
 * @module
 */
import { type MultiplyAdd, multiplyAdd } from "./fused_multiply_add.ts";
import { FunctionCode, type Local } from "./wasm_code.ts";

/** Output pixels of one block in registers; lists are padded to a multiple of it. */
export const TILE_PIXELS = 6;

/** Output channels of one block. */
export const BLOCK_CHANNELS = 8;

/**
 * Bytes of a pixel in a list: address of its window's first number, address of its output, and two factors:
 * `out = factor · sum + bias factor · bias`.
 */
export const ENTRY_BYTES = 16;

/** Vectors of four that hold a block, or all of it that is needed. */
export type BlockVectors = 1 | 2;

/** Numbers of a row from which on rows are added up apart: sums of thousands would lose a digit. */
const LONG_RUN = 64;

const ROW_BYTES = 4 * BLOCK_CHANNELS;

/**
 * Writes `(entry, end, weights, blocks, lastChannels, rows, runBytes, rowSkip, bias, slope, mode)`: for pixels `[entry, end)`
 * of a list and all blocks of 8 output channels, the sum over `rows` rows of `runBytes / 4` numbers each, times weights.
 *
 * - `weights`: by block, `rows · run` lines of 8 numbers, the last ones of which may be unused.
 * - `lastChannels`: 1 to 8, channels of the last block that exist.
 * - `rowSkip`: bytes from the end of a row of the window to the next one's beginning.
 * - `bias`: 8 numbers a block.
 * - `slope`: address of a number; what is negative is multiplied by it at the end (1: nothing happens).
 * - `mode`: 1 adds to the output instead of replacing it.
 *
 * @param vectors 2; 1 computes only the first four channels of the one block there is.
 */
export function denseConvKernel(vectors: BlockVectors, how: MultiplyAdd): FunctionCode {
  const code = new FunctionCode(new Array(11).fill("i32"));
  const [entry, end, weights, blocks, lastChannels, rows, runBytes, rowSkip, bias, slope, mode] =
    code.parameters as [
      ...[Local, Local, Local, Local, Local, Local, Local, Local, Local, Local, Local],
    ];
  const i32 = () => code.local("i32");
  const v128 = () => code.local("v128");
  const [at, weight, rowsLeft, stop, output, channel, firstWeight] = [
    ...[i32(), i32(), i32(), i32(), i32(), i32(), i32()],
  ] as const;
  const inputs = Array.from({ length: TILE_PIXELS }, i32);
  const sums = Array.from({ length: TILE_PIXELS }, () => Array.from({ length: vectors }, v128));
  const totals = sums.map((pair) => pair.map(v128));
  const lines = Array.from({ length: vectors }, v128);
  const value = v128();

  const multiplyLines = (count: number) => {
    for (let step = 0; step < count; step++) {
      lines.forEach((line, v) =>
        code.get(weight).memory("v128.load", step * ROW_BYTES + v * 16).set(line)
      );
      inputs.forEach((input, p) => {
        code.get(input).memory("v128.load32_splat", step * 4).set(value);
        lines.forEach((line, v) =>
          multiplyAdd(code, { a: value, b: line, sum: sums[p]![v]!, how })
        );
      });
    }
    for (const input of inputs) code.increase(input, 4 * count);
    code.increase(weight, count * ROW_BYTES);
  };
  /** Runs `count` lines at a time while as many are left before `stop`. */
  const multiplyWhile = (count: number) => {
    const isLeft = () =>
      code.get(inputs[0]!).constant(4 * count).plain("i32.add").get(stop).plain("i32.le_u");
    isLeft();
    code.when(() => code.repeat(() => multiplyLines(count), isLeft));
  };
  const finish = (sum: Local, p: number, v: number) => {
    code.get(sum).get(at).memory("v128.load32_splat", p * ENTRY_BYTES + 8).plain("f32x4.mul");
    code.get(bias).get(channel).plain("i32.add").memory("v128.load", v * 16);
    code.get(at).memory("v128.load32_splat", p * ENTRY_BYTES + 12).plain("f32x4.mul");
    code.plain("f32x4.add").set(sum);
  };
  const activate = (sum: Local) => {
    code.get(sum).get(sum).get(slope).memory("v128.load32_splat").plain("f32x4.mul");
    code.plain("f32x4.pmax").set(sum);
  };
  const storeWhole = () => {
    sums.forEach((pair, p) => {
      code.get(at).memory("i32.load", p * ENTRY_BYTES + 4).get(channel).plain("i32.add").set(
        output,
      );
      pair.forEach((sum, v) => {
        finish(sum, p, v);
        code.get(mode).when(() =>
          code.get(sum).get(output).memory("v128.load", v * 16).plain("f32x4.add").set(sum)
        );
        activate(sum);
        code.get(output).get(sum).memory("v128.store", v * 16);
      });
    });
  };
  /** Number by number: what lies behind the last channel belongs to the next pixel. */
  const storePart = () => {
    const LANES = [
      "f32x4.extract_lane 0",
      "f32x4.extract_lane 1",
      "f32x4.extract_lane 2",
      "f32x4.extract_lane 3",
    ] as const;
    sums.forEach((pair, p) => {
      code.get(at).memory("i32.load", p * ENTRY_BYTES + 4).get(channel).plain("i32.add").set(
        output,
      );
      pair.forEach((sum, v) => {
        finish(sum, p, v);
        LANES.forEach((lane, l) => {
          const index = v * 4 + l;
          code.constant(index).get(lastChannels).plain("i32.lt_s").when(() => {
            code.get(mode).when(() => {
              code.get(sum).get(output).memory("v128.load32_splat", index * 4).plain("f32x4.add");
              code.set(value);
            });
            code.get(mode).plain("i32.eqz").when(() => code.get(sum).set(value));
            activate(value);
            code.get(output).get(value).plain(lane).memory("f32.store", index * 4);
          });
        });
      });
    });
  };
  code.get(weights).set(firstWeight);
  code.repeat(() => {
    code.get(entry).set(at);
    code.repeat(() => {
      for (const sum of [...sums, ...totals].flat()) code.zeros().set(sum);
      inputs.forEach((input, p) => code.get(at).memory("i32.load", p * ENTRY_BYTES).set(input));
      code.get(firstWeight).set(weight);
      code.get(rows).set(rowsLeft);
      code.repeat(() => {
        code.get(inputs[0]!).get(runBytes).plain("i32.add").set(stop);
        multiplyWhile(4);
        multiplyWhile(1);
        for (const input of inputs) code.increase(input, rowSkip);
        code.constant(4 * LONG_RUN).get(runBytes).plain("i32.le_u").when(() =>
          sums.flat().forEach((sum, i) => {
            const total = totals.flat()[i]!;
            code.get(total).get(sum).plain("f32x4.add").set(total);
            code.zeros().set(sum);
          })
        );
        code.increase(rowsLeft, -1);
      }, () => code.get(rowsLeft));
      sums.flat().forEach((sum, i) =>
        code.get(sum).get(totals.flat()[i]!).plain("f32x4.add").set(sum)
      );
      // Only the last block can be cut.
      code.get(lastChannels).constant(4 * vectors).plain("i32.lt_s");
      code.get(blocks).constant(2).plain("i32.lt_s").plain("i32.and").set(stop);
      code.get(stop).when(storePart);
      code.get(stop).plain("i32.eqz").when(storeWhole);
      code.increase(at, TILE_PIXELS * ENTRY_BYTES);
    }, () => code.get(at).get(end).plain("i32.lt_u"));
    code.get(weight).set(firstWeight);
    code.increase(channel, ROW_BYTES);
    code.increase(blocks, -1);
  }, () => code.get(blocks));
  return code;
}
