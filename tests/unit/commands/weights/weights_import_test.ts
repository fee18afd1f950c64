import assert from "node:assert/strict";
import { readVgg16 } from "../../../../src/checkpoint/vgg16_file.ts";
import { toCanonicalVgg16 } from "../../../../src/checkpoint/vgg16_convention.ts";
import { findVgg16Arrays } from "../../../../src/checkpoint/import/vgg16_arrays.ts";
import { readNetworkFile } from "../../../../src/checkpoint/network_file.ts";
import { readWeights } from "../../../../src/checkpoint/weights_file.ts";
import {
  checkIsNew,
  checkNetwork,
  weightsImport,
} from "../../../../src/commands/weights/weights_import.ts";
import { InputError, UsageError } from "../../../../src/errors.ts";
import { makeTorchZip } from "../../../support/foreign_bytes.ts";
import { naotoArrays } from "../../../support/foreign_pconv.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { runCommand } from "../../../support/run_command.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { vgg16As } from "../../../support/vgg16_files.ts";

const importAs = (...words: readonly string[]) =>
  runCommand(["weights", "import", ...words], weightsImport);

Deno.test("weights import writes what training reads, and prints where", async () => {
  await withTempDir(async (folder) => {
    const [from, to] = [`${folder}/vgg.pth`, `${folder}/deep/vgg16.safetensors`];
    await Deno.writeFile(from, await makeTorchZip(vgg16As("torchvision")));
    const { code, out, err } = await importAs("vgg16", from, "-o", to);
    assert.deepEqual([code, out], [0, `${to}\n`]);
    assert.equal(
      err,
      "Assuming torchvision's convention, as the names are torchvision's; --convention says otherwise\n" +
        `Wrote VGG-16 up to pool3; train with --vgg ${to}\n`,
    );
    const { arrays } = findVgg16Arrays(vgg16As("torchvision"), "a");
    assert.deepEqual(await readVgg16(to), toCanonicalVgg16(arrays, "torchvision"));
    const { metadata } = await readWeights(to);
    assert.match(
      metadata["origin"]!,
      /^vgg\.pth \(PyTorch, sha256 \w{64}\), torchvision convention$/,
    );

    const caffe = await importAs(
      "vgg16",
      from,
      "-o",
      to,
      "--overwrite",
      "--convention",
      "caffe",
      "--quiet",
    );
    assert.deepEqual([caffe.code, caffe.err], [0, ""]);
    assert.deepEqual(await readVgg16(to), toCanonicalVgg16(arrays, "caffe"));
  });
});

Deno.test("weights import leaves a file that exists, and writes nothing of what it refuses", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/there`, "precious");
    const taken = await importAs("vgg16", `${folder}/none.pth`, "-o", `${folder}/there`);
    assert.equal(taken.code, 1);
    assert.equal(
      taken.err,
      `error: Cannot write weights "${folder}/there": it exists, must be a new file\n` +
        "hint: Give --overwrite to replace it, or --output for another place\n",
    );
    const bad = await importAs("vgg16", `${folder}/there`, "-o", `${folder}/new`);
    assert.equal(bad.code, 3);
    assert.match(bad.err, /^error: Cannot read weights ".*there": /);
    assert.deepEqual(await listFiles(folder), ["there"]);
  });
});

Deno.test("weights import knows its networks and wants a file", async () => {
  const other = await importAs("vgg-16", "a.pth");
  assert.deepEqual([other.code, other.err], [
    2,
    'error: Unknown network "vgg-16": did you mean "vgg16"\n',
  ]);
  assert.equal((await importAs("vgg16")).code, 2);
});

Deno.test("checkNetwork() and checkIsNew() pass what is right", async () => {
  checkNetwork("vgg16", ["pconv", "vgg16"]);
  assert.throws(() => checkNetwork("pconv", ["vgg16"]), (error) => error instanceof UsageError);
  await withTempDir(async (folder) => {
    await checkIsNew(`${folder}/new`, false);
    await checkIsNew(folder, true);
    await assert.rejects(checkIsNew(folder, false), (error) => error instanceof InputError);
  });
});

Deno.test("weights import takes an inpainting network to a file beside it and tells what it assumes", async () => {
  await withTempDir(async (folder) => {
    const [from, to] = [`${folder}/net.pth`, `${folder}/net.safetensors`];
    await Deno.writeFile(from, await makeTorchZip(naotoArrays()));
    const { code, out, err } = await importAs("pconv", from);
    assert.deepEqual([code, out], [0, `${to}\n`]);
    assert.deepEqual(err.split("\n"), [
      "Recognised naoto0804/pytorch-inpainting-with-partial-conv: 2 levels, 2 to 3 channels, " +
      "base none, batch norm, partial convolutions, images in ImageNet's range",
      "Assuming images less ImageNet's mean over its deviation and nearest doubling, as its test.py has them",
      `Wrote the network; its licence is that of "${from}", which pconv does not know`,
      `Fill with: pconv inpaint --weights ${to}`,
      "",
    ]);
    assert.equal((await readNetworkFile(to)).config.range, "imagenet");

    const again = await importAs("pconv", from);
    assert.equal(again.code, 1);
    assert.match(
      again.err,
      /^error: Cannot write weights ".*net\.safetensors": it exists, must be/,
    );
    assert.equal((await importAs("pconv", from, "--overwrite", "--quiet")).err, "");
    const ours = await importAs("pconv", to);
    assert.equal(ours.code, 3);
    assert.match(
      ours.err,
      /^error: Cannot import ".*": they are weights of pconv already\nhint: Use/,
    );
    const convention = await importAs("pconv", from, "--convention", "caffe");
    assert.deepEqual([convention.code, convention.err.split("\n")[0]], [
      2,
      "error: Cannot use --convention with pconv: it is about VGG-16",
    ]);
    assert.deepEqual(await listFiles(folder), ["net.pth", "net.safetensors"]);
  });
});
