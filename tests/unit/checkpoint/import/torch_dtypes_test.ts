import assert from "node:assert/strict";
import { TORCH_DTYPES } from "../../../../src/checkpoint/import/torch_dtypes.ts";

function read(storage: string, numbers: { readonly buffer: ArrayBufferLike }): unknown {
  const { read } = TORCH_DTYPES[storage]!;
  return read(numbers.buffer as ArrayBuffer);
}

Deno.test("TORCH_DTYPES read each kind of number exactly", () => {
  assert.deepEqual(read("FloatStorage", Float32Array.of(1.5)), Float32Array.of(1.5));
  assert.deepEqual(read("DoubleStorage", Float64Array.of(0.1)), Float64Array.of(0.1));
  assert.deepEqual(read("HalfStorage", Float16Array.of(-0.5, 65504)), Float32Array.of(-0.5, 65504));
  // 1, -2 and the largest power of two, by the format: sign, eight bits of exponent, seven of fraction.
  const bfloats = Uint16Array.of(0x3f80, 0xc000, 0x7f00);
  assert.deepEqual(read("BFloat16Storage", bfloats), Float32Array.of(1, -2, 2 ** 127));
  assert.deepEqual(
    read("LongStorage", BigInt64Array.of(-(2n ** 53n) + 1n)),
    Float64Array.of(1 - 2 ** 53),
  );
  assert.deepEqual(read("IntStorage", Int32Array.of(-7)), Int32Array.of(-7));
  assert.deepEqual(read("ShortStorage", Int16Array.of(-7)), Int32Array.of(-7));
  assert.deepEqual(read("CharStorage", Int8Array.of(-7)), Int32Array.of(-7));
  assert.deepEqual(read("ByteStorage", Uint8Array.of(200)), Uint8Array.of(200));
  assert.deepEqual(read("BoolStorage", Uint8Array.of(1, 0)), Uint8Array.of(1, 0));
});

Deno.test("TORCH_DTYPES know the size of each number that they read", () => {
  for (const [name, { itemBytes, read }] of Object.entries(TORCH_DTYPES)) {
    assert.equal(read(new ArrayBuffer(3 * itemBytes)).length, 3, name);
  }
});

Deno.test("TORCH_DTYPES refuse whole numbers that float64 cannot hold", () => {
  assert.throws(
    () => read("LongStorage", BigInt64Array.of(2n ** 53n)),
    /^RangeError: it holds 9007199254740992$/,
  );
});
