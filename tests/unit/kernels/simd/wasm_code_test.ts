import assert from "node:assert/strict";
import { FunctionCode, signed, TYPE, unsigned } from "../../../../src/kernels/simd/wasm_code.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";

/** Runs a function `(address, a, b)` over one page of memory. */
async function runCode(
  write: (code: FunctionCode) => void,
  { before = [], a = 0, b = 0 }: { before?: readonly number[]; a?: number; b?: number },
): Promise<{ ints: Int32Array; floats: Float32Array }> {
  const code = new FunctionCode(["i32", "i32", "i32"]);
  write(code);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer);
  floats.set(before);
  const bytes = encodeModule({ run: code }, { initial: 1, isShared: false });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  (instance.exports["run"] as (address: number, a: number, b: number) => void)(0, a, b);
  return { ints: new Int32Array(memory.buffer), floats };
}

Deno.test("unsigned() writes LEB128", () => {
  // By hand, seven bits to a byte, the lowest first: 624485 = 38 · 128² + 14 · 128 + 101.
  assert.deepEqual(unsigned(0), [0]);
  assert.deepEqual(unsigned(127), [0x7f]);
  assert.deepEqual(unsigned(128), [0x80, 0x01]);
  assert.deepEqual(unsigned(624485), [0xe5, 0x8e, 0x26]);
  assert.deepEqual(unsigned(2 ** 32 - 1), [0xff, 0xff, 0xff, 0xff, 0x0f]);
});

Deno.test("signed() writes LEB128 whose last byte carries the sign", () => {
  // By hand: -123456 = -8 · 128² + 59 · 128 + 64. And 64 needs a second byte: bit 6 would be its sign.
  assert.deepEqual(signed(0), [0]);
  assert.deepEqual(signed(-1), [0x7f]);
  assert.deepEqual(signed(63), [0x3f]);
  assert.deepEqual(signed(64), [0xc0, 0x00]);
  assert.deepEqual(signed(-64), [0x40]);
  assert.deepEqual(signed(-65), [0xbf, 0x7f]);
  assert.deepEqual(signed(-123456), [0xc0, 0xbb, 0x78]);
  assert.deepEqual(signed(-(2 ** 31)), [0x80, 0x80, 0x80, 0x80, 0x78]);
});

Deno.test("FunctionCode knows its parameters and numbers locals after them", () => {
  const code = new FunctionCode(["i32", "v128"]);
  assert.deepEqual(code.parameters, [{ index: 0, type: "i32" }, { index: 1, type: "v128" }]);
  assert.deepEqual(code.signature, ["i32", "v128"]);
  assert.deepEqual(code.local("f32"), { index: 2, type: "f32" });
  assert.deepEqual(code.local("i32"), { index: 3, type: "i32" });
  // Size, two locals of one each, end.
  assert.deepEqual(code.encode(), [6, 2, 1, TYPE.f32, 1, TYPE.i32, 0x0b]);
});

for (
  const [name, a, b, expected] of [
    ["i32.add", 2 ** 31 - 1, 1, -(2 ** 31)],
    ["i32.sub", 3, 5, -2],
    ["i32.mul", 70000, 70000, Math.imul(70000, 70000)],
    ["i32.and", 0b1101, 0b0111, 0b0101],
    ["i32.shl", 3, 30, -(2 ** 30)],
    ["i32.shr_u", -1, 28, 15],
    ["i32.shr_s", -64, 3, -8],
    ["i32.lt_s", -1, 1, 1],
    ["i32.lt_u", -1, 1, 0],
    ["i32.le_u", 7, 7, 1],
    ["i32.ge_s", -1, 1, 0],
  ] as const
) {
  Deno.test(`FunctionCode writes ${name}`, async () => {
    const { ints } = await runCode((code) => {
      const [address, left, right] = code.parameters;
      code.get(address!).get(left!).get(right!).plain(name).memory("i32.store", 8);
    }, { a, b });
    assert.equal(ints[2], expected);
  });
}

Deno.test("FunctionCode writes constants, tee, select and eqz", async () => {
  const { ints } = await runCode((code) => {
    const [address, a, b] = code.parameters;
    const kept = code.local("i32");
    code.get(address!).constant(-123456).tee(kept).memory("i32.store");
    code.get(address!).get(kept).memory("i32.store", 4);
    // The first operand where the third is not 0.
    code.get(address!).get(a!).get(b!).constant(0).plain("i32.eqz").plain("select");
    code.memory("i32.store", 8);
    code.get(address!).get(a!).get(b!).constant(7).plain("i32.eqz").plain("select");
    code.memory("i32.store", 300 * 4);
  }, { a: 11, b: 12 });
  assert.deepEqual([ints[0], ints[1], ints[2], ints[300]], [-123456, -123456, 11, 12]);
});

Deno.test("FunctionCode repeats, and does what is to be done only when", async () => {
  const { ints } = await runCode((code) => {
    const [address, a, b] = code.parameters;
    const [sum, i] = [code.local("i32"), code.local("i32")];
    // The body runs once at least.
    code.repeat(() => code.increase(sum, 1), () => code.constant(0));
    code.repeat(
      () => code.increase(i, 1).increase(sum, i),
      () => code.get(i).get(a!).plain("i32.lt_s"),
    );
    code.get(b!).when(() => code.increase(sum, 1000));
    code.get(b!).plain("i32.eqz").when(() => code.increase(sum, 500));
    code.get(address!).get(sum).memory("i32.store");
  }, { a: 10, b: 0 });
  // 1, then 1 + ... + 10, then 500.
  assert.equal(ints[0], 556);
});

Deno.test("FunctionCode computes with four numbers at a time", async () => {
  const before = [1, -2, 3, -4, 0.5, 4, -8, 16];
  const { floats } = await runCode((code) => {
    const [address] = code.parameters;
    const [x, y] = [code.local("v128"), code.local("v128")];
    code.get(address!).memory("v128.load").set(x);
    code.get(address!).memory("v128.load", 16).set(y);
    const store = (offset: number, push: () => void) => {
      code.get(address!);
      push();
      code.memory("v128.store", offset);
    };
    store(32, () => code.get(x).get(y).plain("f32x4.add"));
    store(48, () => code.get(x).get(y).plain("f32x4.mul"));
    store(64, () => code.get(x).get(y).plain("f32x4.pmax"));
    store(80, () => code.get(x).get(y).zeros().plain("f32x4.relaxed_madd"));
    store(96, () => code.get(address!).memory("v128.load32_splat", 28));
    store(112, () => code.get(address!).memory("f32.load", 20).plain("f32x4.splat"));
    store(128, () => code.zeros());
    store(160, () => code.get(x).get(y).plain("f32x4.div"));
    for (const lane of [0, 1, 2, 3] as const) {
      code.get(address!).get(x).plain(`f32x4.extract_lane ${lane}`);
      code.memory("f32.store", 144 + 4 * (3 - lane));
    }
  }, { before });
  const at = (offset: number) => [...floats.slice(offset / 4, offset / 4 + 4)];
  assert.deepEqual(at(32), [1.5, 2, -5, 12]);
  assert.deepEqual(at(48), [0.5, -8, -24, -64]);
  assert.deepEqual(at(64), [1, 4, 3, 16]);
  assert.deepEqual(at(80).map((value) => value + 0), [0.5, -8, -24, -64]);
  assert.deepEqual(at(96), [16, 16, 16, 16]);
  assert.deepEqual(at(112), [4, 4, 4, 4]);
  assert.deepEqual(at(128), [0, 0, 0, 0]);
  assert.deepEqual(at(144), [-4, 3, -2, 1]);
  assert.deepEqual(at(160), [2, -0.5, -0.375, -0.25]);
});

Deno.test("FunctionCode writes numbers, compares them, and joins lanes", async () => {
  const before = [1, 2, 3, 4, 5, 6, 7, 8];
  const { floats, ints } = await runCode((code) => {
    const [address] = code.parameters;
    code.get(address!).vector(-0.75).memory("v128.store", 32);
    code.get(address!).get(address!).memory("v128.load").get(address!).memory("v128.load", 16);
    code.joinLanes().memory("v128.store", 48);
    code.get(address!).zeroF32().get(address!).memory("f32.load", 400).plain("f32.eq");
    code.memory("i32.store", 64);
    code.get(address!).zeroF32().get(address!).memory("f32.load").plain("f32.eq");
    code.memory("i32.store", 68);
  }, { before });
  assert.deepEqual([...floats.slice(8, 12)], [-0.75, -0.75, -0.75, -0.75]);
  assert.deepEqual([...floats.slice(12, 16)], [1, 2, 3, 8]);
  assert.deepEqual([...ints.slice(16, 18)], [1, 0]);
});
