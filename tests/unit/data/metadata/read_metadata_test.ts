import assert from "node:assert/strict";
import { readMetadata } from "../../../../src/data/metadata/read_metadata.ts";
import { createRandom } from "../../../../src/random.ts";
import { FILES, PIECES } from "./picture_files.ts";

Deno.test("readMetadata() reads each format by its own rules", () => {
  for (const format of ["jpeg", "png", "webp"] as const) {
    const { exif, icc, xmp } = readMetadata(FILES[format], format);
    assert.deepEqual({ exif, icc, xmp }, PIECES);
  }
  assert.deepEqual(readMetadata(new Uint8Array(10), "gif"), {});
});

Deno.test("readMetadata() never throws, whatever bytes are changed", () => {
  const random = createRandom(3);
  for (const format of ["jpeg", "png", "webp"] as const) {
    for (let round = 0; round < 300; round++) {
      const file = FILES[format].slice();
      for (let i = random.integer(1, 12); i > 0; i--) {
        file[random.integer(0, file.length - 1)] = random.integer(0, 255);
      }
      readMetadata(file, format);
    }
  }
});
