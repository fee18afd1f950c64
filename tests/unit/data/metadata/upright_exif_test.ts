import assert from "node:assert/strict";
import { readExifOrientation } from "../../../../src/data/exif_orientation.ts";
import {
  openExif,
  pointedDirectory,
  POINTER,
  unsignedValue,
} from "../../../../src/data/metadata/exif_directory.ts";
import { resetOrientation, setExifPixelSize } from "../../../../src/data/metadata/upright_exif.ts";
import { EXIF } from "./picture_files.ts";

for (const { order, exif, upright } of EXIF) {
  Deno.test(`resetOrientation() gives the ${order}-endian block that was laid out upright`, () => {
    const before = exif.slice();
    assert.deepEqual(resetOrientation(exif), upright);
    assert.deepEqual(exif, before, "the input must not change");
    assert.deepEqual(resetOrientation(upright), upright);
  });

  Deno.test(`resetOrientation() leaves sizes where they are after half a turn, ${order}-endian`, () => {
    const half = exif.slice();
    const at = openExif(half)!.main.entries[1]!.valueAt;
    half[order === "little" ? at : at + 1] = 3;
    assert.equal(readExifOrientation(half), 3);
    const expected = half.slice();
    expected[order === "little" ? at : at + 1] = 1;
    assert.deepEqual(resetOrientation(half), expected);
  });

  Deno.test(`setExifPixelSize() writes over the sizes, longer ones too, ${order}-endian`, () => {
    const sized = setExifPixelSize(exif, { width: 5, height: 70_000 });
    const block = openExif(sized)!;
    const details = pointedDirectory(block, block.main, POINTER.exif)!;
    assert.equal(unsignedValue(block, details, 0xa002), 5);
    assert.equal(unsignedValue(block, details, 0xa003), 70_000);
    assert.equal(sized.length, exif.length);
    assert.equal(readExifOrientation(sized), 6);
  });
}

Deno.test("resetOrientation() copies what is damaged or has no orientation", () => {
  const [{ exif }] = EXIF as [typeof EXIF[0]];
  for (const block of [new Uint8Array(), exif.subarray(0, 50), Uint8Array.of(1, 2, 3)]) {
    assert.deepEqual(resetOrientation(block), Uint8Array.from(block));
    assert.deepEqual(setExifPixelSize(block, { width: 1, height: 1 }), Uint8Array.from(block));
  }
});
