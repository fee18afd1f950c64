import assert from "node:assert/strict";
import { dropPreviews } from "../../../../src/data/metadata/drop_previews.ts";
import { dropThumbnail } from "../../../../src/data/metadata/exif_thumbnail.ts";
import { joinBytes, latin1Bytes } from "../../../../src/data/metadata/join_bytes.ts";
import { PHOTOSHOP, PIECES } from "./picture_files.ts";

Deno.test("dropPreviews() takes every known preview out and keeps the rest", () => {
  const preview = joinBytes([latin1Bytes("8BIM"), [4, 12, 0, 0, 0, 0, 0, 2, 7, 7]]);
  const metadata = {
    ...PIECES,
    xmp: latin1Bytes("<a/><xmp:Thumbnails>x</xmp:Thumbnails>"),
    xmpExtended: Uint8Array.of(1),
    photoshop: joinBytes([preview, PHOTOSHOP]),
    dpi: { x: 1, y: 1 },
  };
  assert.deepEqual(dropPreviews(metadata), {
    icc: PIECES.icc,
    exif: dropThumbnail(PIECES.exif),
    xmp: latin1Bytes("<a/>"),
    photoshop: PHOTOSHOP,
    dpi: { x: 1, y: 1 },
  });
  assert.deepEqual(dropPreviews({}), {});
  assert.deepEqual(dropPreviews({ photoshop: preview }), {}, "nothing is left of it");
});
