import assert from "node:assert/strict";
import { dropJpegPreviews } from "../../../../src/data/metadata/drop_jpeg_previews.ts";
import { dropThumbnail } from "../../../../src/data/metadata/exif_thumbnail.ts";
import { joinBytes, latin1Bytes, latin1Text } from "../../../../src/data/metadata/join_bytes.ts";
import { jpegSegment } from "../../../../src/data/metadata/jpeg_segments.ts";
import { FILES, PHOTOSHOP, PIECES } from "./picture_files.ts";

const segment = (marker: number, signature: string, data: ArrayLike<number> = []) =>
  jpegSegment(marker, latin1Bytes(signature), data);
const OTHER = segment(0xe4, "another one");
const TABLES = segment(0xdb, "tables");
const SCAN = [0xff, 0xda, 0, 2, 1, 0xff, 0, 2, 0xff, 0xd9];

Deno.test("dropJpegPreviews() takes pictures out of every segment and from behind the end", () => {
  const preview = joinBytes([latin1Bytes("8BIM"), [4, 12, 0, 0, 0, 0, 0, 2, 7, 7]]);
  const file = joinBytes([
    [0xff, 0xd8],
    segment(0xe0, "JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01", [1, 2, 3]),
    segment(0xe0, "JFXX\0\x10", [1, 2, 3]),
    segment(0xe1, "Exif\0\0", PIECES.exif),
    segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<xmp:Thumbnails>x</xmp:Thumbnails>"),
    segment(0xe1, "http://ns.adobe.com/xmp/extension/\0", new Uint8Array(50)),
    segment(0xe2, "MPF\0", [1, 2]),
    segment(0xed, "Photoshop 3.0\0", joinBytes([preview, PHOTOSHOP])),
    OTHER,
    TABLES,
    SCAN,
    FILES.jpeg,
  ]);
  const expected = joinBytes([
    [0xff, 0xd8],
    segment(0xe0, "JFIF\0\x01\x02\x01\0\x48\0\x48\0\0"),
    segment(0xe1, "Exif\0\0", dropThumbnail(PIECES.exif)),
    segment(0xe1, "http://ns.adobe.com/xap/1.0/\0"),
    segment(0xed, "Photoshop 3.0\0", PHOTOSHOP),
    OTHER,
    TABLES,
    SCAN,
  ]);
  assert.deepEqual(dropJpegPreviews(file), expected);
  assert.deepEqual(dropJpegPreviews(expected), expected);
});

Deno.test("dropJpegPreviews() changes nothing but the thumbnail in Pillow's file", () => {
  const clean = dropJpegPreviews(FILES.jpeg);
  assert.equal(clean.length, FILES.jpeg.length);
  const changed = clean.reduce((sum, byte, i) => sum + (byte === FILES.jpeg[i] ? 0 : 1), 0);
  const block = dropThumbnail(PIECES.exif);
  const expected = block.reduce((sum, byte, i) => sum + (byte === PIECES.exif[i] ? 0 : 1), 0);
  assert.equal(changed, expected);
  assert.doesNotMatch(latin1Text(clean), /what was there/);
});
