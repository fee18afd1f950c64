/**
 * Loops that bring numbers into the order in which the convolutions read them.
 * @module
 */
import { BLOCK_CHANNELS, ENTRY_BYTES } from "./dense_conv_kernel.ts";
import { FunctionCode, type Local } from "./wasm_code.ts";

type Six = [Local, Local, Local, Local, Local, Local];

/**
 * Writes `(source, target, pixels, pixelBytes, factor, factorStep)`: copies pixels of `pixelBytes` each, one after the
 * other, each times a factor; `factorStep` is the distance of the factors in bytes, 0 if there is only one.
 */
export function scaleKernel(): FunctionCode {
  const code = new FunctionCode(new Array(6).fill("i32"));
  const [source, target, pixels, pixelBytes, factor, factorStep] = code.parameters as Six;
  const [stop, scale] = [code.local("i32"), code.local("v128")];
  const copy = (bytes: 4 | 16) => {
    const isLeft = () =>
      code.get(source).constant(bytes).plain("i32.add").get(stop).plain("i32.le_u");
    isLeft();
    code.when(() =>
      code.repeat(() => {
        code.get(target).get(source);
        code.memory(bytes === 16 ? "v128.load" : "v128.load32_splat").get(scale).plain("f32x4.mul");
        if (bytes === 16) code.memory("v128.store");
        else code.plain("f32x4.extract_lane 0").memory("f32.store");
        code.increase(source, bytes);
        code.increase(target, bytes);
      }, isLeft)
    );
  };
  code.repeat(() => {
    code.get(factor).memory("v128.load32_splat").set(scale);
    code.get(source).get(pixelBytes).plain("i32.add").set(stop);
    copy(16);
    copy(4);
    code.increase(factor, factorStep);
    code.increase(pixels, -1);
  }, () => code.get(pixels));
  return code;
}

/**
 * Writes `(source, target, lines, lineStep, numberStep, numbers)`: gathers lines of up to 8 numbers into lines of exactly
 * 8, the rest of them 0. Steps are distances in the source in bytes.
 */
export function gatherKernel(): FunctionCode {
  const code = new FunctionCode(new Array(6).fill("i32"));
  const [source, target, lines, lineStep, numberStep, numbers] = code.parameters as Six;
  const [at, to, left, isWhole] = [
    ...[code.local("i32"), code.local("i32"), code.local("i32"), code.local("i32")],
  ] as const;
  const one = () => {
    code.get(to).get(at).memory("f32.load").memory("f32.store");
    code.increase(at, numberStep);
    code.increase(to, 4);
  };
  // All 8, side by side: two vectors.
  code.get(numbers).constant(BLOCK_CHANNELS).plain("i32.ge_s");
  code.get(numberStep).constant(5).plain("i32.lt_s").plain("i32.and").set(isWhole);
  code.repeat(() => {
    code.get(isWhole).when(() => {
      for (const place of [0, 16]) {
        code.get(target).get(source).memory("v128.load", place).memory("v128.store", place);
      }
    });
    code.get(isWhole).plain("i32.eqz").when(() => {
      code.get(target).zeros().memory("v128.store", 0);
      code.get(target).zeros().memory("v128.store", 16);
      code.get(source).set(at);
      code.get(target).set(to);
      code.get(numbers).set(left);
      code.repeat(() => {
        one();
        code.increase(left, -1);
      }, () => code.get(left));
    });
    code.increase(source, lineStep);
    code.increase(target, 4 * BLOCK_CHANNELS);
    code.increase(lines, -1);
  }, () => code.get(lines));
  return code;
}

/**
 * Writes `(entry, pixels, input, inputStep, output, outputStep, factor, factorStep, biasFactor, biasFactorStep)`: a stretch of a
 * list of pixels, see `ENTRY_BYTES`. Steps are distances from pixel to pixel in bytes; the factors are addresses.
 */
export function listKernel(): FunctionCode {
  const code = new FunctionCode(new Array(10).fill("i32"));
  const [entry, pixels, input, inputStep, output, outputStep, ...factors] = code
    .parameters as [...Six, Local, Local, Local, Local];
  const [factor, factorStep, biasFactor, biasFactorStep] = factors;
  code.repeat(() => {
    code.get(entry).get(input).memory("i32.store", 0);
    code.get(entry).get(output).memory("i32.store", 4);
    code.get(entry).get(factor).memory("f32.load").memory("f32.store", 8);
    code.get(entry).get(biasFactor).memory("f32.load").memory("f32.store", 12);
    code.increase(entry, ENTRY_BYTES);
    code.increase(input, inputStep);
    code.increase(output, outputStep);
    code.increase(factor, factorStep);
    code.increase(biasFactor, biasFactorStep);
    code.increase(pixels, -1);
  }, () => code.get(pixels));
  return code;
}

/** Writes `(source, target, numbers)`: `target += source`. */
export function addKernel(): FunctionCode {
  const code = new FunctionCode(new Array(3).fill("i32"));
  const [source, target, numbers] = code.parameters as [Local, Local, Local];
  const add = (count: 1 | 4) => {
    const isLeft = () => code.constant(count).get(numbers).plain("i32.le_u");
    const load = count === 4 ? "v128.load" : "v128.load32_splat";
    isLeft();
    code.when(() =>
      code.repeat(() => {
        code.get(target).get(target).memory(load).get(source).memory(load).plain("f32x4.add");
        if (count === 4) code.memory("v128.store");
        else code.plain("f32x4.extract_lane 0").memory("f32.store");
        code.increase(source, 4 * count);
        code.increase(target, 4 * count);
        code.increase(numbers, -count);
      }, isLeft)
    );
  };
  add(4);
  add(1);
  return code;
}
