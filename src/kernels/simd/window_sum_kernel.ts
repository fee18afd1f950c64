/**
 * Sums of masks over windows, a row of pixels at a time.
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/** Writes `(source, step, target, numbers)`: every number twice; `step` is the bytes between numbers of the source. */
export function repeatKernel(): FunctionCode {
  const code = new FunctionCode(new Array(4).fill("i32"));
  const [source, step, target, numbers] = code.parameters as [Local, Local, Local, Local];
  code.repeat(() => {
    for (const place of [0, 4]) {
      code.get(target).get(source).memory("f32.load").memory("f32.store", place);
    }
    code.increase(source, step);
    code.increase(target, 8);
    code.increase(numbers, -1);
  }, () => code.get(numbers));
  return code;
}

/**
 * Writes `(source, stepBytes, taps, target, pixels, factor)`: `target[x] += factor · Σ source[x · step + j]` over `j < taps`;
 * `factor` is an address.
 */
export function windowSumKernel(): FunctionCode {
  const code = new FunctionCode(new Array(6).fill("i32"));
  const [source, step, taps, target, pixels, factor] = code.parameters as [
    ...[Local, Local, Local, Local, Local, Local],
  ];
  const [at, left, sum] = [code.local("i32"), code.local("i32"), code.local("v128")] as const;
  code.repeat(() => {
    code.zeros().set(sum);
    code.get(source).set(at);
    code.get(taps).set(left);
    code.repeat(() => {
      code.get(sum).get(at).memory("v128.load32_splat").plain("f32x4.add").set(sum);
      code.increase(at, 4);
      code.increase(left, -1);
    }, () => code.get(left));
    code.get(target).get(sum).get(factor).memory("v128.load32_splat").plain("f32x4.mul");
    code.get(target).memory("v128.load32_splat").plain("f32x4.add");
    code.plain("f32x4.extract_lane 0").memory("f32.store");
    code.increase(source, step);
    code.increase(target, 4);
    code.increase(pixels, -1);
  }, () => code.get(pixels));
  return code;
}
