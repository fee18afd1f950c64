import assert from "node:assert/strict";
import { isLegacyTorch, readTorchFile } from "../../../../src/checkpoint/import/torch_file.ts";
import { WeightsError } from "../../../../src/errors.ts";
import {
  bytesOf,
  littleEndian,
  makeTorchZip,
  makeZip,
  pickledDictionary,
  pickledSizes,
  pickledTensor,
  pickledText,
} from "../../../support/foreign_bytes.ts";

// Files that PyTorch itself wrote are in tests/oracle/foreign_files_test.ts.

const options = { name: "a.pth" };
const numbers = Float32Array.of(1, 2, 3, 4, 5, 6);
const record = new Uint8Array(numbers.buffer);

/** A zip with this object, and one storage "0" of six float32. */
function zipWith(object: Uint8Array, extra: Record<string, Uint8Array> = {}): Promise<Uint8Array> {
  const entries = { "w/data.pkl": bytesOf(object, "."), "w/data/0": record, ...extra };
  return makeZip(new Map(Object.entries(entries)));
}

const MAGIC = Uint8Array.fromHex("80028a0a6cfc9c46f9206aa850192e");
const SYSTEM = bytesOf("}X", littleEndian(13, 4), "little_endian", 0x88, "s.");

/** A file of the older format. */
function legacyWith(object: Uint8Array, { version = 1001, system = SYSTEM } = {}): Uint8Array {
  return bytesOf(
    ...[MAGIC, "M", littleEndian(version, 2), ".", system, object, ".]", pickledText("0"), "a."],
    ...[littleEndian(6, 8), record],
  );
}

function assertRefused(file: Uint8Array, pattern: RegExp): Promise<void> {
  return assert.rejects(readTorchFile(file, options), (error) => {
    assert.ok(error instanceof WeightsError, String(error));
    assert.match(error.message, pattern);
    assert.ok(error.message.startsWith('Cannot read weights "a.pth": '));
    return true;
  });
}

const tensor = pickledTensor({ shape: [2, 3] });
const dictionary = pickledDictionary(new Map([["a", tensor]]));

Deno.test("readTorchFile() reads both formats alike", async () => {
  for (const file of [await zipWith(dictionary), legacyWith(dictionary)]) {
    const arrays = await readTorchFile(file, options);
    assert.deepEqual(arrays, new Map([["a", { shape: [2, 3], data: numbers }]]));
  }
});

Deno.test("readTorchFile() reads only what is selected", async () => {
  // The second storage is not there, which must not matter.
  const two = pickledDictionary(
    new Map([["a", tensor], ["b", pickledTensor({ shape: [9], key: "1" })]]),
  );
  const file = await zipWith(two);
  const arrays = await readTorchFile(file, { ...options, select: (name) => name === "a" });
  assert.deepEqual([...arrays.keys()], ["a"]);
  await assertRefused(file, /archive has no file "w\/data\/1"$/);
});

Deno.test("readTorchFile() opens the wrappers of checkpoints and joins nested names", async () => {
  const nested = pickledDictionary(
    new Map([["x", dictionary], ["b", tensor], ["n", bytesOf("K", 5)]]),
  );
  const model = pickledDictionary(new Map([["state_dict", nested], ["optimizer", dictionary]]));
  const outer = pickledDictionary(new Map([["model", model], ["epoch", bytesOf("K", 9)]]));
  assert.deepEqual([...(await readTorchFile(await zipWith(outer), options)).keys()], ["x.a", "b"]);
});

Deno.test("readTorchFile() gives two names of one tensor the same numbers", async () => {
  const twice = bytesOf("}(", pickledText("a"), tensor, "q", 1, pickledText("b"), "h", 1, "u");
  const arrays = await readTorchFile(await zipWith(twice), options);
  assert.deepEqual(arrays.get("a"), arrays.get("b"));
});

Deno.test("readTorchFile() is not led in circles", async () => {
  const loop = bytesOf("}q", 1, "(", pickledText("a"), tensor, pickledText("me"), "h", 1, "u");
  assert.equal((await readTorchFile(await zipWith(loop), options)).get("a")!.data.length, 6);
  const wrapped = bytesOf("}q", 1, "(", pickledText("model"), "h", 1, "u");
  await assertRefused(await zipWith(wrapped), /it holds no named tensors$/);
  // Eight levels of twenty references each: 25,600,000,000 entries in 1,500 bytes.
  let level = dictionary;
  for (let depth = 0; depth < 8; depth++) {
    const inner = Array.from({ length: 20 }, (_, i) => [pickledText(`k${i}`), "h", depth]).flat();
    level = bytesOf(level, "q", depth, "0}(", ...inner, "u");
  }
  await assertRefused(await zipWith(level), /more than 200000 entries$/);
});

Deno.test("readTorchFile() allocates nothing that the file only claims", async () => {
  const claim = (tensor: Parameters<typeof pickledTensor>[0]) =>
    zipWith(pickledDictionary(new Map([["a", pickledTensor(tensor)]])));
  await assertRefused(
    await claim({ shape: [1 << 30, 1 << 30], strides: [0, 0], count: 6 }),
    /tensors are said to take 4611686018427388000 bytes, file has \d+$/,
  );
  await assertRefused(
    await claim({ shape: [1 << 30], strides: [1] }),
    /said to take 4294967296 bytes/,
  );
  await assertRefused(await claim({ shape: [7] }), /needs 28 bytes, file has 24 for it$/);
  await assertRefused(await claim({ shape: [6], offset: 1, count: 6 }), /reaches to number 7 of a/);
  // Many views, each of which could be.
  const views = Array.from(
    { length: 30 },
    (_, i) => [String(i), pickledTensor({ shape: [1 << 20], strides: [0], count: 6 })] as const,
  );
  await assertRefused(
    await zipWith(pickledDictionary(new Map(views))),
    /said to take 125829120 bytes/,
  );
});

Deno.test("readTorchFile() refuses other zip archives by what they are", async () => {
  await assertRefused(
    await makeZip(new Map([["a.txt", record]])),
    /holds no data\.pkl, must be a PyTorch/,
  );
  await assertRefused(
    await zipWith(dictionary, { "w/code/m.py": record }),
    /is a TorchScript program/,
  );
  await assertRefused(
    await zipWith(dictionary, { "w/byteorder": bytesOf("big") }),
    /byte order is "big", must be "little"$/,
  );
  assert.equal(
    (await readTorchFile(await zipWith(dictionary, { "w/byteorder": bytesOf("little") }), options))
      .size,
    1,
  );
});

Deno.test("readTorchFile() refuses an older file of another version, machine or without its storages", async () => {
  await assertRefused(legacyWith(dictionary, { version: 1002 }), /format version must be 1001/);
  await assertRefused(legacyWith(dictionary, { system: bytesOf("}.") }), /big-endian machine$/);
  const other = pickledDictionary(new Map([["a", pickledTensor({ shape: [6], key: "5" })]]));
  await assertRefused(legacyWith(other), /list of storages names one that has no tensor$/);
  const both = pickledDictionary(
    new Map([["a", tensor], ["b", pickledTensor({ shape: [6], key: "5" })]]),
  );
  await assertRefused(legacyWith(both), /storage "5" is missing$/);
});

Deno.test("readTorchFile() refuses an older file that is cut off at any byte", async () => {
  const whole = legacyWith(dictionary);
  for (let length = MAGIC.length; length < whole.length; length++) {
    await assertRefused(whole.slice(0, length), /file ends/);
  }
});

Deno.test("readTorchFile() refuses objects without tensors or with lists in place of them", async () => {
  await assertRefused(await zipWith(bytesOf("K", 5)), /it holds no named tensors$/);
  await assertRefused(await zipWith(bytesOf("](", tensor, "e")), /it holds no named tensors$/);
  const empty = bytesOf("}(", pickledText("a"), "ctorch\nFloatTensor\n)Ru");
  await assertRefused(await zipWith(empty), /tensor "a" has no numbers$/);
  const odd = bytesOf("}(", pickledSizes([1]), tensor, "u");
  await assertRefused(await zipWith(odd), /it holds no named tensors$/);
});

Deno.test("isLegacyTorch() goes by the magic number", async () => {
  assert.equal(isLegacyTorch(legacyWith(dictionary)), true);
  assert.equal(isLegacyTorch(await makeTorchZip(new Map())), false);
  assert.equal(isLegacyTorch(MAGIC.slice(0, 5)), false);
});
