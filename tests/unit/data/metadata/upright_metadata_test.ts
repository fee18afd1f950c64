import assert from "node:assert/strict";
import { resetOrientation } from "../../../../src/data/metadata/upright_exif.ts";
import { uprightMetadata } from "../../../../src/data/metadata/upright_metadata.ts";
import { resetXmpOrientation } from "../../../../src/data/metadata/upright_xmp.ts";
import { PIECES } from "./picture_files.ts";

Deno.test("uprightMetadata() turns every piece that knows of sides", () => {
  const metadata = { ...PIECES, dpi: { x: 300, y: 200 }, aspect: { x: 2, y: 1 } };
  assert.deepEqual(uprightMetadata(metadata, 6), {
    exif: resetOrientation(PIECES.exif),
    icc: PIECES.icc,
    xmp: resetXmpOrientation(PIECES.xmp),
    dpi: { x: 200, y: 300 },
    aspect: { x: 1, y: 2 },
  });
  assert.deepEqual(uprightMetadata({ dpi: { x: 300, y: 200 } }, 3), { dpi: { x: 300, y: 200 } });
  assert.equal(uprightMetadata(metadata, 1), metadata);
  assert.deepEqual(uprightMetadata({}, 8), {});
});
