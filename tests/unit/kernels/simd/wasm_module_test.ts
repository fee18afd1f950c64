import assert from "node:assert/strict";
import { FunctionCode } from "../../../../src/kernels/simd/wasm_code.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";

/** Stores a number where it is told. */
function storing(value: number): FunctionCode {
  const code = new FunctionCode(["i32"]);
  code.get(code.parameters[0]!).constant(value).memory("i32.store");
  return code;
}

Deno.test("encodeModule() writes a module, byte by byte", () => {
  const bytes = encodeModule({ f: storing(5) }, { initial: 2, isShared: false });
  // By hand from section 5.5 of the specification.
  assert.deepEqual([...bytes], [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // One type: (i32) -> ().
    ...[1, 5, 1, 0x60, 1, 0x7f, 0],
    // One import: "env" "memory", a memory without a maximum.
    ...[2, 15, 1, 3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 0, 2],
    // One function of type 0, exported as "f".
    ...[3, 2, 1, 0],
    ...[7, 5, 1, 1, 0x66, 0, 0],
    // Its code: no locals; local.get 0, i32.const 5, i32.store; end.
    ...[10, 11, 1, 9, 0, 0x20, 0, 0x41, 5, 0x36, 2, 0, 0x0b],
  ]);
});

Deno.test("encodeModule() exports every function by its name", async () => {
  const functions = { first: storing(1), second: storing(-2), third: storing(300) };
  const bytes = encodeModule(functions, { initial: 1, isShared: false });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  assert.deepEqual(Object.keys(instance.exports), ["first", "second", "third"]);
  Object.keys(functions).forEach((name, i) => {
    (instance.exports[name] as (address: number) => void)(4 * i);
  });
  assert.deepEqual([...new Int32Array(memory.buffer, 0, 3)], [1, -2, 300]);
});

Deno.test("encodeModule() takes a shared memory, and only one within its limits", async () => {
  const limits = { initial: 2, maximum: 200, isShared: true };
  const module = await WebAssembly.compile(encodeModule({ f: storing(7) }, limits));
  const link = async (memory: WebAssembly.Memory) =>
    await WebAssembly.instantiate(module, { env: { memory } });
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 200, shared: true });
  const { exports } = await link(memory);
  (exports["f"] as (address: number) => void)(8);
  assert.equal(new Int32Array(memory.buffer)[2], 7);
  for (
    const other of [
      { initial: 2, maximum: 200 },
      { initial: 1, maximum: 200, shared: true },
      { initial: 2, maximum: 201, shared: true },
    ]
  ) await assert.rejects(link(new WebAssembly.Memory(other)), WebAssembly.LinkError);
});
