import assert from "node:assert/strict";
import { encodeForeignPconv, readForeignPconv } from "../../../../src/checkpoint/import/pconv.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../../src/checkpoint/safetensors.ts";
import { readNetworkFile } from "../../../../src/checkpoint/network_file.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { makeHdf5, makeTorchZip } from "../../../support/foreign_bytes.ts";
import { kerasArrays, naotoArrays, someNumbers } from "../../../support/foreign_pconv.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const inFolder = (names: ReadonlyMap<string, ReturnType<typeof someNumbers>>, folder: string) =>
  new Map([...names].map(([name, array]) => [`${folder}${name}`, array]));

async function readBytes(bytes: Uint8Array) {
  const found: Awaited<ReturnType<typeof readForeignPconv>>[] = [];
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/net`, bytes);
    found.push(await readForeignPconv(`${folder}/net`));
  });
  return found[0]!;
}

Deno.test("readForeignPconv() reads one network from every format, whatever else is in it", async () => {
  const arrays = new Map([...naotoArrays(), ["vgg.0.weight", someNumbers(2, 2)]]);
  const fromTorch = await readBytes(await makeTorchZip(arrays));
  const fromSafetensors = await readBytes(encodeSafetensors(arrays, { format: "pt" }));
  assert.deepEqual(fromSafetensors.arrays, fromTorch.arrays);
  assert.match(fromTorch.origin, /^net \(PyTorch, sha256 \w{64}\) of naoto0804\//);
  assert.match(fromSafetensors.origin, /^net \(safetensors, /);

  // Weights alone, a whole model with its optimizer, and a model in a model.
  const plain = await readBytes(await makeHdf5(kerasArrays()));
  const whole = inFolder(kerasArrays(), "model_weights/");
  whole.set("optimizer_weights/p_conv2d_1/bias:0", someNumbers(2));
  assert.deepEqual((await readBytes(await makeHdf5(whole))).arrays, plain.arrays);
  const nested = [...kerasArrays()].map(([name, array]) =>
    [`model_1/${name.split("/").slice(1).join("/")}`, array] as const
  );
  assert.deepEqual((await readBytes(await makeHdf5(new Map(nested)))).arrays, plain.arrays);
  assert.equal(plain.layout.id, "pconv-keras");
});

Deno.test("encodeForeignPconv() writes weights of ours with their origin", async () => {
  const found = await readBytes(await makeTorchZip(naotoArrays()));
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/w.safetensors`, encodeForeignPconv(found));
    const { config, metadata, arrays } = await readNetworkFile(`${folder}/w.safetensors`);
    assert.deepEqual(config, found.config);
    assert.equal(arrays.size, found.arrays.size);
    assert.deepEqual([metadata["range"], metadata["recipe"]], ["imagenet", "imported"]);
    assert.equal(metadata["origin"], found.origin);
    assert.match(metadata["licence"]!, /that of the file/);
  });
});

Deno.test("readForeignPconv() refuses weights of ours and files of nobody that it knows", async () => {
  const ours = encodeForeignPconv(await readBytes(await makeTorchZip(naotoArrays())));
  assert.equal(decodeSafetensors(ours, { name: "a" }).metadata["format"], "pconv-weights-1");
  await assert.rejects(readBytes(ours), (error: Error) => {
    assert.ok(error instanceof WeightsError);
    assert.match(error.message, /^Cannot import ".*net": they are weights of pconv already$/);
    return true;
  });
  const other = await makeTorchZip(new Map([["fc.weight", someNumbers(2, 2)]]));
  await assert.rejects(readBytes(other), (error: Error) => {
    assert.ok(error instanceof WeightsError);
    assert.match(error.message, /no array has a name that is known for a network of partial/);
    assert.match(error.hint ?? "", /naoto0804.*mmagic.*PConv-Keras/);
    return true;
  });
});
