import assert from "node:assert/strict";
import {
  type ForeignConvention,
  type ForeignVgg16,
  readForeignVgg16,
} from "../../../../src/checkpoint/import/vgg16.ts";
import { encodeSafetensors } from "../../../../src/checkpoint/safetensors.ts";
import { sha256 } from "../../../../src/checkpoint/sha256.ts";
import { UsageError, WeightsError } from "../../../../src/errors.ts";
import { makeHdf5, makeTorchZip } from "../../../support/foreign_bytes.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { type Naming, vgg16As, vggNumber } from "../../../support/vgg16_files.ts";

/** Reads these bytes as a file whose name says nothing. */
async function read(bytes: Uint8Array, convention?: ForeignConvention): Promise<ForeignVgg16> {
  let found: ForeignVgg16 | undefined;
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/file.bin`, bytes);
    found = await readForeignVgg16(`${folder}/file.bin`, { convention });
  });
  return found!;
}

function safetensors(naming: Naming, metadata: Record<string, string> = {}): Uint8Array {
  return encodeSafetensors(vgg16As(naming), metadata);
}

/** Fails unless the kernel of conv1_1 has red at input channel 0. */
function assertRgb({ arrays }: ForeignVgg16, isRgb = true): void {
  const place = { y: 1, x: 2, o: 5 };
  const at = (i: number) => ((place.y * 3 + place.x) * 3 + i) * 64 + place.o;
  const expected = vggNumber(0, { ...place, i: isRgb ? 0 : 2 });
  assert.equal(arrays.get("conv1_1/kernel")![at(0)], expected);
}

Deno.test("readForeignVgg16() reads PyTorch's file and says what it assumed", async () => {
  const bytes = await makeTorchZip(vgg16As("torchvision"));
  const found = await read(bytes);
  assert.equal(found.convention, "torchvision");
  assert.equal(
    found.assumption,
    "Assuming torchvision's convention, as the names are torchvision's; --convention says otherwise",
  );
  assert.equal(
    found.origin,
    `file.bin (PyTorch, sha256 ${await sha256(bytes)}), torchvision convention`,
  );
  assert.equal(found.arrays.size, 14);
  assertRgb(found);
});

Deno.test("readForeignVgg16() reads both layouts of Keras and turns blue, green, red around", async () => {
  for (const naming of ["keras", "old keras"] as const) {
    const found = await read(await makeHdf5(vgg16As(naming)));
    assert.equal(found.convention, "caffe");
    assert.match(
      found.assumption!,
      /^Assuming the Caffe convention with blue first, as Keras has it;/,
    );
    assert.match(found.origin, /\(HDF5, sha256 \w{64}\), caffe-bgr convention$/);
    assertRgb(found);
  }
});

Deno.test("readForeignVgg16() believes what metadata says, without a word", async () => {
  const source = "Oxford";
  for (
    const [metadata, convention] of [
      [{ input: "RGB 0..255 minus 123.68,116.779,103.939; no division", source }, "caffe"],
      [{ convention: "caffe", source }, "caffe"],
      [{ preprocessing: "x / 255, mean 0.485 0.456 0.406", source }, "torchvision"],
      [{ convention: "torchvision", source }, "torchvision"],
    ] as const
  ) {
    const found = await read(safetensors("torchvision", metadata));
    assert.deepEqual([found.convention, found.assumption], [convention, undefined]);
    assert.match(
      found.origin,
      new RegExp(`\\(safetensors, .*\\), ${convention} convention; Oxford$`),
    );
    assertRgb(found);
  }
  const bgr = await read(
    safetensors("torchvision", { input: "BGR 0..255 minus 103.939,116.779,123.68" }),
  );
  assert.equal(bgr.convention, "caffe");
  assertRgb(bgr, false);
});

Deno.test("readForeignVgg16() lets the user have the last word", async () => {
  const found = await read(safetensors("torchvision", { convention: "torchvision" }), "caffe-bgr");
  assert.deepEqual([found.convention, found.assumption], ["caffe", undefined]);
  assertRgb(found, false);
  const keras = await read(await makeHdf5(vgg16As("keras")), "torchvision");
  assert.equal(keras.convention, "torchvision");
});

Deno.test("readForeignVgg16() asks for the convention where names do not tell", async () => {
  await assert.rejects(
    read(safetensors("caffe")),
    (error) =>
      error instanceof UsageError && /names such as "conv1_1" do not tell/.test(error.message) &&
      /--convention/.test(error.hint!),
  );
  assertRgb(await read(safetensors("caffe"), "caffe"));
});

Deno.test("readForeignVgg16() refuses what is imported already, missing or something else", async () => {
  const imported = encodeSafetensors(vgg16As("caffe"), { format: "pconv-vgg16-1" });
  await assert.rejects(
    read(imported),
    (error) =>
      error instanceof WeightsError && /is imported already$/.test(error.message) &&
      /--vgg/.test(error.hint!),
  );
  await assert.rejects(
    readForeignVgg16("nowhere.pth"),
    /Cannot read weights "nowhere\.pth": it does not exist$/,
  );
  await assert.rejects(readForeignVgg16("."), (error) => error instanceof WeightsError);
  await assert.rejects(
    read(new TextEncoder().encode("<!doctype html>")),
    /file is a web page, must be safetensors$/,
  );
  const cut = vgg16As("torchvision");
  cut.delete("features.14.bias");
  await assert.rejects(read(await makeTorchZip(cut)), /as VGG-16: conv3_3\/bias is missing$/);
});
