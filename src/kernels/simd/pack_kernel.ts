/**
 * Puts one tap of a kernel in the order in which convolutions read it.
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/**
 * Writes a function `(source, rowBytes, target, channels, blocks, blockBytes, vectors)` that adds rows of a kernel
 * `[channels, blocks · vectors · 4]` to blocks of output channels `[blocks, channels, vectors · 4]`, which are
 * `blockBytes` apart. Rows of the source are `rowBytes` apart. All counts from 1.
 */
export function packKernel(): FunctionCode {
  const code = new FunctionCode(new Array(7).fill("i32"));
  const [source, rowBytes, target, channels, blocks, blockBytes, vectors] = code
    .parameters as [Local, Local, Local, Local, Local, Local, Local];
  const i32 = () => code.local("i32");
  const [from, to, block, vector] = [i32(), i32(), i32(), i32()] as const;
  const countDown = (counter: Local) => {
    code.increase(counter, -1);
  };
  code.repeat(() => {
    code.get(source).set(from).get(target).set(to).get(blocks).set(block);
    code.repeat(() => {
      code.get(vectors).set(vector);
      code.repeat(() => {
        code.get(to).get(to).memory("v128.load").get(from).memory("v128.load");
        code.plain("f32x4.add").memory("v128.store");
        code.increase(from, 16).increase(to, 16);
        countDown(vector);
      }, () => code.get(vector));
      // From the end of this row of the block to the same row of the next one.
      code.get(to).get(vectors).constant(4).plain("i32.shl").plain("i32.sub");
      code.get(blockBytes).plain("i32.add").set(to);
      countDown(block);
    }, () => code.get(block));
    code.increase(source, rowBytes);
    code.get(target).get(vectors).constant(4).plain("i32.shl").plain("i32.add").set(target);
    countDown(channels);
  }, () => code.get(channels));
  return code;
}
