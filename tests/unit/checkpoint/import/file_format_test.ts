import assert from "node:assert/strict";
import { recogniseFormat } from "../../../../src/checkpoint/import/file_format.ts";
import { encodeSafetensors } from "../../../../src/checkpoint/safetensors.ts";
import { makeHdf5, makeTorchZip } from "../../../support/foreign_bytes.ts";

Deno.test("recogniseFormat() goes by content", async () => {
  const arrays = new Map([["a", { shape: [1], data: Float32Array.of(1) }]]);
  assert.equal(recogniseFormat(await makeTorchZip(arrays)), "torch");
  assert.equal(recogniseFormat(Uint8Array.fromHex("80028a0a6cfc9c46f9206aa850192e8000")), "torch");
  assert.equal(recogniseFormat(await makeHdf5(arrays)), "hdf5");
  assert.equal(recogniseFormat(encodeSafetensors(arrays)), "safetensors");
  assert.equal(recogniseFormat(new Uint8Array()), "safetensors");
});
