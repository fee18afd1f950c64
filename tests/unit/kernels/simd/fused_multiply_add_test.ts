import assert from "node:assert/strict";
import { multiplyAdd } from "../../../../src/kernels/simd/fused_multiply_add.ts";
import { FunctionCode, type Local } from "../../../../src/kernels/simd/wasm_code.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";

for (const how of ["fused", "plain"] as const) {
  Deno.test(`multiplyAdd() adds the product of four numbers: ${how}`, () => {
    const code = new FunctionCode(["i32"]);
    const [at] = code.parameters as [Local];
    const [a, b, sum] = [code.local("v128"), code.local("v128"), code.local("v128")];
    [a, b, sum].forEach((local, i) => code.get(at).memory("v128.load", 16 * i).set(local));
    multiplyAdd(code, { a, b, sum, how });
    code.get(at).get(sum).memory("v128.store", 48);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const bytes = encodeModule({ run: code }, { initial: 1, isShared: false });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory },
    });
    const numbers = new Float32Array(memory.buffer);
    numbers.set([1, 2, 3, 4, 5, 6, 7, -8, 10, 20, 30, 40]);
    (exports["run"] as (at: number) => void)(0);
    assert.deepEqual([...numbers.subarray(12, 16)], [15, 32, 51, 8]);
  });
}
