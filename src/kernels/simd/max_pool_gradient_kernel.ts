/**
 * The way back through a 2x2 maximum.
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/**
 * Writes `(x, dx, dy, pixels, pixelBytes, rowBytes)`: for a row of `pixels` 2x2 windows of stride 2, the gradient goes to the
 * first of the largest numbers, row by row; the others get 0. `rowBytes` is from a row of `x` (and `dx`) to the next;
 * `pixelBytes` is a multiple of 16.
 */
export function maxPoolGradientKernel(): FunctionCode {
  const code = new FunctionCode(new Array(6).fill("i32"));
  const [x, dx, dy, pixels, pixelBytes, rowBytes] = code.parameters as [
    ...[Local, Local, Local, Local, Local, Local],
  ];
  const v128 = () => code.local("v128");
  const stop = code.local("i32");
  const values = Array.from({ length: 4 }, v128);
  const [largest, slope, taken, isIt] = [v128(), v128(), v128(), v128()] as const;
  /** Pushes the place of number `i` of the window. */
  const address = (base: Local, i: number) => {
    code.get(base);
    if (i % 2 === 1) code.get(pixelBytes).plain("i32.add");
    if (i >= 2) code.get(rowBytes).plain("i32.add");
  };
  code.repeat(() => {
    code.get(x).get(pixelBytes).plain("i32.add").set(stop);
    code.repeat(() => {
      values.forEach((value, i) => {
        address(x, i);
        code.memory("v128.load").set(value);
      });
      code.get(values[0]!).get(values[1]!).plain("f32x4.pmax");
      code.get(values[2]!).plain("f32x4.pmax").get(values[3]!).plain("f32x4.pmax").set(largest);
      code.get(dy).memory("v128.load").set(slope);
      code.zeros().set(taken);
      values.forEach((value, i) => {
        code.get(value).get(largest).plain("f32x4.eq").get(taken).plain("v128.andnot").set(isIt);
        code.get(taken).get(isIt).plain("v128.or").set(taken);
        address(dx, i);
        code.get(slope).get(isIt).plain("v128.and").memory("v128.store");
      });
      for (const pointer of [x, dx, dy]) code.increase(pointer, 16);
    }, () => code.get(x).get(stop).plain("i32.lt_u"));
    // The right half of the window was read beside the left one.
    code.increase(x, pixelBytes);
    code.increase(dx, pixelBytes);
    code.increase(pixels, -1);
  }, () => code.get(pixels));
  return code;
}
