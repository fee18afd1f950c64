import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../../../src/checkpoint/manifest.ts";
import { weightsIdentity } from "../../../../src/commands/methods/weights_identity.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { writeTinyWeights } from "../../../support/tiny_weights.ts";

Deno.test("weightsIdentity() is the hash of the file, by name or by path", async () => {
  const { files } = await readManifest();
  const { name, sha256 } = files.find(({ name }) => name === "pconv-lite")!;
  assert.equal(await weightsIdentity(name), sha256);
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    const path = join(folder, "tiny.safetensors");
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
    assert.equal(await weightsIdentity(path), new Uint8Array(digest).toHex());
    await assert.rejects(weightsIdentity(join(folder, "none.safetensors")), WeightsError);
  });
});
