/**
 * One step of Adam in one pass.
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/**
 * Writes `(inputs, outputs, constants, numbers)`. `inputs` lists four addresses: parameter, first moment, second moment,
 * gradient; `outputs` three: the new parameter and moments. `constants` are the numbers β₁, 1-β₁, β₂, 1-β₂, rate, root
 * factor, ε of
 *
 * `m' = β₁·m + (1-β₁)·g`, `v' = β₂·v + (1-β₂)·g²`, `θ' = θ - rate·m' / (factor·√v' + ε)`,
 *
 * every operation rounded, in this order. `numbers` is how many; all arrays have room for a multiple of four.
 */
export function adamKernel(): FunctionCode {
  const code = new FunctionCode(new Array(4).fill("i32"));
  const [inputs, outputs, constants, numbers] = code.parameters as [Local, Local, Local, Local];
  const load = (list: Local, index: number) => {
    const pointer = code.local("i32");
    code.get(list).memory("i32.load", 4 * index).set(pointer);
    return pointer;
  };
  const [parameter, first, second, gradient] = [0, 1, 2, 3].map((i) => load(inputs, i)) as [
    ...[Local, Local, Local, Local],
  ];
  const targets = [0, 1, 2].map((i) => load(outputs, i));
  const factors = Array.from({ length: 7 }, (_, i) => {
    const factor = code.local("v128");
    code.get(constants).memory("v128.load32_splat", 4 * i).set(factor);
    return factor;
  });
  const [beta1, rest1, beta2, rest2, rate, rootFactor, epsilon] = factors as [
    ...[Local, Local, Local, Local, Local, Local, Local],
  ];
  const v128 = () => code.local("v128");
  const [slope, newFirst, newSecond] = [v128(), v128(), v128()] as const;
  code.repeat(() => {
    code.get(gradient).memory("v128.load").set(slope);
    code.get(first).memory("v128.load").get(beta1).plain("f32x4.mul");
    code.get(slope).get(rest1).plain("f32x4.mul").plain("f32x4.add").set(newFirst);
    code.get(second).memory("v128.load").get(beta2).plain("f32x4.mul");
    code.get(slope).get(slope).plain("f32x4.mul").get(rest2).plain("f32x4.mul");
    code.plain("f32x4.add").set(newSecond);
    code.get(targets[1]!).get(newFirst).memory("v128.store");
    code.get(targets[2]!).get(newSecond).memory("v128.store");
    code.get(targets[0]!).get(parameter).memory("v128.load");
    code.get(newFirst).get(rate).plain("f32x4.mul");
    code.get(newSecond).plain("f32x4.sqrt").get(rootFactor).plain("f32x4.mul");
    code.get(epsilon).plain("f32x4.add").plain("f32x4.div").plain("f32x4.sub");
    code.memory("v128.store");
    for (const pointer of [parameter, first, second, gradient, ...targets]) {
      code.increase(pointer, 16);
    }
    code.increase(numbers, -4);
  }, () => code.constant(1).get(numbers).plain("i32.le_s"));
  return code;
}
