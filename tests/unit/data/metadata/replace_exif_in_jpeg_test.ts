import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { dropThumbnail } from "../../../../src/data/metadata/exif_thumbnail.ts";
import { readMetadata } from "../../../../src/data/metadata/read_metadata.ts";
import { replaceExifInJpeg } from "../../../../src/data/metadata/replace_exif_in_jpeg.ts";
import { FILES, PIECES } from "./picture_files.ts";

Deno.test("replaceExifInJpeg() puts another block in and keeps everything else", async () => {
  const exif = dropThumbnail(PIECES.exif);
  const file = replaceExifInJpeg(FILES.jpeg, exif);
  assert.equal(file.length, FILES.jpeg.length);
  assert.deepEqual(readMetadata(file, "jpeg"), { ...readMetadata(FILES.jpeg, "jpeg"), exif });
  const [before, after] = [FILES.jpeg, file].map((bytes) => decodeImage(bytes, { name: "a" }));
  assert.deepEqual((await after!).rgba, (await before!).rgba);
  assert.deepEqual(replaceExifInJpeg(file, PIECES.exif).length, FILES.jpeg.length);
});
