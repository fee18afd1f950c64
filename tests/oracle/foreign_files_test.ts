/** Files of PyTorch, Python and h5py themselves, with the numbers that were written. */
import assert from "node:assert/strict";
import { readHdf5File } from "../../src/checkpoint/import/hdf5_file.ts";
import { readPickle } from "../../src/checkpoint/import/pickle.ts";
import type { PickleValue } from "../../src/checkpoint/import/pickle_machine.ts";
import { refuseWeights } from "../../src/checkpoint/import/refusal.ts";
import { readTorchFile } from "../../src/checkpoint/import/torch_file.ts";
import type { NamedArray } from "../../src/checkpoint/safetensors.ts";
import { WeightsError } from "../../src/errors.ts";
import { assertAllClose } from "../support/assert_all_close.ts";
import { fromFixture, type StoredValues } from "../support/fixture.ts";
import evilFiles from "./fixtures/evil_torch_files.json" with { type: "json" };
import hdf5Half from "./fixtures/hdf5_half.json" with { type: "json" };
import hdf5Files from "./fixtures/hdf5_files.json" with { type: "json" };
import pickles from "./fixtures/pickles.json" with { type: "json" };
import torchFiles from "./fixtures/torch_files.json" with { type: "json" };

/** The same names in the same order, and the same numbers to the digits that the fixture has. */
function assertArrays(
  actual: ReadonlyMap<string, NamedArray>,
  expected: Readonly<Record<string, StoredValues>>,
): void {
  assert.deepEqual([...actual.keys()].sort(), Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) {
    const { shape, data } = actual.get(name)!;
    assert.deepEqual(shape, values.shape, name);
    if (data.length === 0) continue;
    // Fixtures hold eight digits, which is what float32 needs at least.
    assertAllClose({ shape, data: [...data] }, fromFixture(values), { rtol: 1e-7, atol: 0 });
  }
}

for (const { name, files, arrays } of torchFiles.cases) {
  for (const [kind, file] of Object.entries(files)) {
    Deno.test(`readTorchFile() reads what PyTorch wrote: ${name}, ${kind}`, async () => {
      const actual = await readTorchFile(Uint8Array.fromBase64(file), { name: "a.pth" });
      assertArrays(actual, arrays);
    });
  }
}

for (const { name, file, refused } of evilFiles.cases) {
  Deno.test(`readTorchFile() refuses by name what would run: ${name}`, async () => {
    await assert.rejects(
      readTorchFile(Uint8Array.fromBase64(file), { name: "a.pth" }),
      (error) =>
        error instanceof WeightsError &&
        error.message.startsWith(
          `Cannot read weights "a.pth": it asks for "${refused}", must hold`,
        ),
    );
  });
}

for (const { name, file, arrays } of hdf5Files.cases) {
  Deno.test(`readHdf5File() reads what h5py wrote: ${name}`, async () => {
    const actual = await readHdf5File(Uint8Array.fromBase64(file), { name: "a.h5" });
    assertArrays(actual, arrays);
  });
}

Deno.test("readHdf5File() refuses half floats, which its library cannot read, by the dataset's name", async () => {
  await assert.rejects(
    readHdf5File(Uint8Array.fromBase64(hdf5Half.cases[0]!.file), { name: "a.h5" }),
    /^WeightsError: .*"a\.h5": dataset "a\/half" has floats of 2 bytes, must be of 4 or 8$/,
  );
});

for (const { name, file, value } of pickles.cases) {
  Deno.test(`readPickle() reads what Python wrote: ${name}`, () => {
    const bytes = Uint8Array.fromBase64(file);
    const read = readPickle(bytes, { refuse: refuseWeights("a.pkl"), globals: new Map() });
    assert.deepEqual(toJson(read.value), value);
    assert.equal(read.end, bytes.length);
  });
}

/** Dictionaries as objects, all else as it is. */
function toJson(value: PickleValue): unknown {
  if (Array.isArray(value)) return value.map(toJson);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item)]));
}
