import assert from "node:assert/strict";
import { readNetworkFile } from "../../../../src/checkpoint/network_file.ts";
import { plainArrays } from "../../../../src/checkpoint/export/plain_arrays.ts";
import { readWeights } from "../../../../src/checkpoint/weights_file.ts";
import { weightsExport } from "../../../../src/commands/weights/weights_export.ts";
import { readOnnx } from "../../../support/read_onnx.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { runCommand } from "../../../support/run_command.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { writeTinyWeights } from "../../../support/tiny_weights.ts";

const exportAs = (...words: readonly string[]) =>
  runCommand(["weights", "export", ...words], weightsExport);

Deno.test("weights export writes ONNX with the facts of the weights", async () => {
  await withTempDir(async (folder) => {
    const from = await writeTinyWeights(folder);
    const to = `${folder}/deep/net.ONNX`;
    const { code, out, err } = await exportAs(from, "-o", to);
    assert.deepEqual([code, out], [0, `${to}\n`]);
    assert.equal(
      err,
      "Wrote ONNX: image [n, 3, h, w] and mask [n, 1, h, w] (1 = hole) to composite; " +
        "h and w multiples of 8\n",
    );
    const { metadata, nodes } = readOnnx(await Deno.readFile(to));
    const { sha256, metadata: own } = await readNetworkFile(from);
    assert.equal(metadata.get("source_sha256"), sha256);
    assert.equal(metadata.get("licence"), own["licence"]);
    assert.equal(metadata.get("network"), own["network"]);
    assert.ok(nodes.length > 50);
  });
});

Deno.test("weights export writes a state dict that no longer passes for weights of ours", async () => {
  await withTempDir(async (folder) => {
    const from = await writeTinyWeights(folder);
    const to = `${folder}/plain.safetensors`;
    assert.equal((await exportAs(from, "-o", to)).code, 0);
    const { tensors, metadata } = await readWeights(to);
    const { arrays } = await readNetworkFile(from);
    assert.deepEqual(new Set(tensors.keys()), new Set(plainArrays(arrays).keys()));
    assert.equal(metadata["format"], "pt");
    await assert.rejects(readNetworkFile(to), /format is "pt", must be/);
  });
});

Deno.test("weights export wants a name that tells the format, a new file and weights", async () => {
  await withTempDir(async (folder) => {
    const from = await writeTinyWeights(folder);
    const before = await listFiles(folder);
    const odd = await exportAs(from, "-o", `${folder}/net.pth`);
    assert.equal(odd.code, 2);
    assert.match(odd.err, /its name ends in "\.pth", must end in \.onnx or \.safetensors/);
    const taken = await exportAs(from, "-o", from);
    assert.equal(taken.code, 1);
    assert.match(taken.err, /it exists, must be a new file/);
    const none = await exportAs(`${folder}/none`, "-o", `${folder}/net.onnx`);
    assert.equal(none.code, 3);
    assert.equal((await exportAs(from)).code, 2);
    assert.deepEqual(await listFiles(folder), before);
  });
});
