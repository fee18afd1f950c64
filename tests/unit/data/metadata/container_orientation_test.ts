import assert from "node:assert/strict";
import { readContainerOrientation } from "../../../../src/data/metadata/container_orientation.ts";
import { pngChunks } from "../../../../src/data/metadata/png_chunks.ts";
import { FILES, RAW_PROFILES } from "./picture_files.ts";

Deno.test("readContainerOrientation() finds the Exif block wherever it stands", () => {
  assert.equal(readContainerOrientation(FILES.png, "png"), 6);
  assert.equal(readContainerOrientation(FILES.webp, "webp"), 6);
  const types = pngChunks(RAW_PROFILES).map(({ type }) => type);
  assert.ok(types.indexOf("eXIf") > types.indexOf("IDAT"));
  assert.equal(readContainerOrientation(RAW_PROFILES, "png"), 6);
});

Deno.test("readContainerOrientation() is 1 without a block, or in a file that is cut short", () => {
  assert.equal(readContainerOrientation(FILES.simpleLossy, "webp"), 1);
  for (let length = 0; length < FILES.webp.length; length += 7) {
    const found = readContainerOrientation(FILES.webp.subarray(0, length), "webp");
    assert.ok(found === 1 || found === 6);
  }
});
