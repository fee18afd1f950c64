/**
 * The inner loop of every convolution on the CPU: a few pixels by a few channels at a time.
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/** Shape of the block that stays in registers. */
export interface ConvTile {
  /** Output pixels. */
  readonly pixels: number;
  /** Output channels in vectors of four. */
  readonly vectors: number;
  /**
   * True multiplies and adds with one rounding where the processor can, which needs relaxed SIMD.
   * @default true
   */
  readonly isFused?: boolean;
}

/** Bytes of a layer's description before its groups, and of each group. */
export const LAYOUT = {
  /** weights, blockBytes, groups, pixelList, ratios, bias, outBase, outRow, outColumn, slope. */
  head: 10 * 4,
  /** base, rowStep, columnStep, rows, rowPitch, run. */
  group: 6 * 4,
} as const;

/**
 * Writes a function `(layer, first, last, firstBlock, lastBlock)` that computes pixels `[first, last)` of a layer's list
 * for the output channels of some blocks.
 */
export function convKernel({ pixels, vectors, isFused = true }: ConvTile): FunctionCode {
  const code = new FunctionCode(["i32", "i32", "i32", "i32", "i32"]);
  const [layer, first, last, block, lastBlock] = code.parameters as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const i32 = () => code.local("i32");
  const v128 = () => code.local("v128");
  const [at, weights, group, groupEnd, rowsLeft, end, place] = [
    ...[i32(), i32(), i32(), i32(), i32(), i32(), i32()],
  ] as const;
  const inputs = Array.from({ length: pixels }, i32);
  const sums = Array.from({ length: pixels }, () => Array.from({ length: vectors }, v128));
  const rows = Array.from({ length: vectors }, v128);
  const value = v128();
  const vectorBytes = vectors * 16;

  /** Packed place (row << 16 | column) of pixel `i` of the group that starts at `at`; past the end, of the last. */
  const loadPlace = (i: number, target: Local) => {
    indexOf(i);
    code.constant(2).plain("i32.shl");
    code.get(layer).memory("i32.load", 12).plain("i32.add").memory("i32.load").set(target);
  };
  const indexOf = (i: number) => {
    code.get(at);
    if (i === 0) return;
    code.constant(i).plain("i32.add");
    code.get(last).constant(1).plain("i32.sub");
    code.get(at).constant(i).plain("i32.add").get(last).plain("i32.lt_s").plain("select");
  };
  /** Pushes base + row·rowStep + column·columnStep. */
  const address = (record: Local, offset: number, packed: Local) => {
    code.get(packed).constant(16).plain("i32.shr_u");
    code.get(record).memory("i32.load", offset + 4).plain("i32.mul");
    code.get(packed).constant(0xffff).plain("i32.and");
    code.get(record).memory("i32.load", offset + 8).plain("i32.mul").plain("i32.add");
    code.get(record).memory("i32.load", offset).plain("i32.add");
  };
  const multiply = () => {
    // Four input channels at a time: runs are multiples of four.
    for (let step = 0; step < 4; step++) {
      rows.forEach((row, v) =>
        code.get(weights).memory("v128.load", step * vectorBytes + v * 16).set(row)
      );
      for (let p = 0; p < pixels; p++) {
        code.get(inputs[p]!).memory("v128.load32_splat", step * 4).set(value);
        for (let v = 0; v < vectors; v++) {
          const sum = sums[p]![v]!;
          code.get(value).get(rows[v]!);
          if (isFused) code.get(sum).plain("f32x4.relaxed_madd").set(sum);
          else code.plain("f32x4.mul").get(sum).plain("f32x4.add").set(sum);
        }
      }
    }
    for (const input of inputs) code.increase(input, 16);
    code.increase(weights, 4 * vectorBytes);
  };
  const store = () => {
    for (let p = 0; p < pixels; p++) {
      loadPlace(p, place);
      address(layer, 24, place);
      code.get(block).constant(vectorBytes).plain("i32.mul").plain("i32.add").set(end);
      code.get(layer).memory("i32.load", 16);
      indexOf(p);
      code.constant(2).plain("i32.shl").plain("i32.add").memory("v128.load32_splat").set(value);
      for (let v = 0; v < vectors; v++) {
        const sum = sums[p]![v]!;
        code.get(sum).get(value).plain("f32x4.mul");
        code.get(layer).memory("i32.load", 20);
        code.get(block).constant(vectorBytes).plain("i32.mul").plain("i32.add");
        code.memory("v128.load", v * 16).plain("f32x4.add").set(sum);
        code.get(end).get(sum).get(sum);
        code.get(layer).memory("v128.load32_splat", 36).plain("f32x4.mul").plain("f32x4.pmax");
        code.memory("v128.store", v * 16);
      }
    }
  };
  code.repeat(() => {
    code.get(first).set(at);
    code.repeat(() => {
      for (const sum of sums.flat()) code.zeros().set(sum);
      code.get(layer).memory("i32.load");
      code.get(block).get(layer).memory("i32.load", 4).plain("i32.mul").plain("i32.add").set(
        weights,
      );
      code.get(layer).constant(LAYOUT.head).plain("i32.add").tee(group);
      code.get(layer).memory("i32.load", 8).constant(LAYOUT.group).plain("i32.mul").plain(
        "i32.add",
      );
      code.set(groupEnd);
      code.repeat(() => {
        for (let p = 0; p < pixels; p++) {
          loadPlace(p, place);
          address(group, 0, place);
          code.set(inputs[p]!);
        }
        code.get(group).memory("i32.load", 12).set(rowsLeft);
        code.repeat(() => {
          code.get(inputs[0]!).get(group).memory("i32.load", 20).plain("i32.add").set(end);
          code.repeat(multiply, () => code.get(inputs[0]!).get(end).plain("i32.lt_u"));
          for (const input of inputs) {
            code.get(input).get(group).memory("i32.load", 16).plain("i32.add");
            code.get(group).memory("i32.load", 20).plain("i32.sub").set(input);
          }
          code.increase(rowsLeft, -1);
        }, () => code.get(rowsLeft));
        code.increase(group, LAYOUT.group);
      }, () => code.get(group).get(groupEnd).plain("i32.lt_u"));
      store();
      code.increase(at, pixels);
    }, () => code.get(at).get(last).plain("i32.lt_s"));
    code.increase(block, 1);
  }, () => code.get(block).get(lastBlock).plain("i32.lt_s"));
  return code;
}
