import assert from "node:assert/strict";
import h5wasm from "h5wasm";
import { isHdf5, readHdf5File } from "../../../../src/checkpoint/import/hdf5_file.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { makeHdf5 } from "../../../support/foreign_bytes.ts";

// Files that h5py wrote are in tests/oracle/foreign_files_test.ts.

const options = { name: "a.h5" };
const array = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };

Deno.test("readHdf5File() reads arrays by path, those that are selected", async () => {
  const bytes = await makeHdf5(new Map([["a/b/kernel:0", array], ["bias:0", array]]));
  const whole = bytes.slice();
  assert.equal(isHdf5(bytes), true);
  const arrays = await readHdf5File(bytes, options);
  assert.deepEqual(arrays, new Map([["a/b/kernel:0", array], ["bias:0", array]]));
  const some = await readHdf5File(bytes, { ...options, select: (name) => name === "bias:0" });
  assert.deepEqual([...some.keys()], ["bias:0"]);
  assert.deepEqual(bytes, whole, "the bytes were changed");
});

Deno.test("readHdf5File() leaves no files in the library's memory", async () => {
  const { FS } = await h5wasm.ready;
  const before = FS.readdir("/");
  await readHdf5File(await makeHdf5(new Map([["a", array]])), options);
  await assert.rejects(readHdf5File(new Uint8Array(100), options));
  assert.deepEqual(FS.readdir("/"), before);
});

Deno.test("readHdf5File() refuses what is cut off or no HDF5, and says nothing on the console", async () => {
  const bytes = await makeHdf5(new Map([["a", array]]));
  assert.equal(isHdf5(new Uint8Array(8)), false);
  for (
    const damaged of [
      new Uint8Array(),
      new Uint8Array(3000),
      bytes.slice(0, -1),
      bytes.slice(0, 99),
    ]
  ) {
    await assert.rejects(
      readHdf5File(damaged, options),
      (error) =>
        error instanceof WeightsError &&
        error.message === 'Cannot read weights "a.h5": HDF5 file is damaged or cut off',
    );
  }
});

Deno.test("readHdf5File() refuses sizes that are only claimed", async () => {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("made.h5", "w");
  // Compressed chunks that were never written take no room in the file.
  file.create_dataset({
    name: "huge",
    data: new Float32Array(4),
    shape: [2, 2],
    maxshape: [null, null],
    chunks: [2, 2],
    compression: "gzip",
  }).resize([100_000, 100_000]);
  file.close();
  const bytes = FS.readFile("made.h5");
  FS.unlink("made.h5");
  await assert.rejects(
    readHdf5File(bytes, options),
    /"a\.h5": datasets are said to be much larger than the file$/,
  );
});
