import assert from "node:assert/strict";
import {
  areFinite,
  readNamedArrays,
  toFloat32,
} from "../../../../src/checkpoint/import/named_arrays.ts";
import { encodeSafetensors } from "../../../../src/checkpoint/safetensors.ts";
import { makeHdf5, makeTorchZip } from "../../../support/foreign_bytes.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const ARRAYS = new Map([
  ["a", { shape: [2], data: Float32Array.of(1, 2) }],
  ["b", { shape: [1, 1], data: Float32Array.of(3) }],
]);

Deno.test("readNamedArrays() reads what is wanted of both formats", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/file.bin`;
    for (const bytes of [encodeSafetensors(ARRAYS), await makeTorchZip(ARRAYS)]) {
      await Deno.writeFile(path, bytes);
      const all = await readNamedArrays(path, { select: () => true });
      assert.deepEqual([...all.keys()], ["a", "b"]);
      const some = await readNamedArrays(path, { select: (name) => name === "b" });
      assert.deepEqual([...some], [["b", { shape: [1, 1], data: Float32Array.of(3) }]]);
    }
  });
});

Deno.test("readNamedArrays() refuses missing, damaged and other files", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/file.bin`;
    const refused = async (problem: string, hint?: string) => {
      await assert.rejects(readNamedArrays(path, { select: () => true }), {
        name: "WeightsError",
        message: `Cannot read weights "${path}": ${problem}`,
        hint,
      });
    };
    await refused("it does not exist");
    await Deno.writeTextFile(path, "short");
    await refused("file has 5 bytes, must have at least 8");
    await Deno.writeFile(path, await makeHdf5(ARRAYS));
    await refused(
      "file is HDF5, must be a PyTorch checkpoint or safetensors",
      "A Keras model can be turned into one for tfjs with tensorflowjs_converter",
    );
    // A file of a hole alone takes no space.
    using file = await Deno.open(path, { write: true, truncate: true });
    await file.truncate(2 ** 31 + 1);
    await refused("file has 2147483649 bytes, must have at most 2147483648");
  });
});

Deno.test("toFloat32() copies only what has another type", () => {
  const data = Float32Array.of(1.5);
  assert.equal(toFloat32({ shape: [1], data }), data);
  assert.deepEqual(toFloat32({ shape: [1], data: Float64Array.of(1.5) }), data);
});

Deno.test("areFinite() finds what is not", () => {
  assert.ok(areFinite(Float32Array.of(1, -2)));
  for (const bad of [NaN, Infinity, -Infinity]) assert.ok(!areFinite(Float32Array.of(1, bad)));
});
