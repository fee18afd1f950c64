import assert from "node:assert/strict";
import {
  isExif,
  openExif,
  pointedDirectory,
  POINTER,
  readDirectory,
  unsignedValue,
} from "../../../../src/data/metadata/exif_directory.ts";
import { EXIF } from "./picture_files.ts";

for (const { order, exif } of EXIF) {
  Deno.test(`openExif() finds tags and directories in ${order}-endian order`, () => {
    const block = openExif(exif)!;
    const { main } = block;
    assert.deepEqual(
      main.entries.map(({ tag }) => tag),
      [0x010f, 0x0112, 0x011a, 0x011b, 0x0128, 0x8769, 0x8825],
    );
    const [maker] = main.entries;
    const text = exif.subarray(maker!.valueAt, maker!.valueAt + maker!.valueBytes);
    assert.equal(new TextDecoder().decode(text), "A maker of cameras\0");
    assert.equal(unsignedValue(block, main, 0x0112), 6);
    assert.equal(unsignedValue(block, main, 0x010f), undefined, "a text is no number");
    const details = pointedDirectory(block, main, POINTER.exif)!;
    assert.equal(unsignedValue(block, details, 0xa002), 4000);
    assert.equal(unsignedValue(block, details, 0xa003), 3000);
    assert.equal(pointedDirectory(block, main, POINTER.interoperability), undefined);
    assert.equal(readDirectory(block, main.next)?.entries.length, 5);
  });

  Deno.test(`openExif() survives a ${order}-endian block cut to any length`, () => {
    for (let length = 0; length < exif.length; length++) {
      const block = openExif(exif.slice(0, length));
      // The first directory is whole from 8 + 2 + 7 * 12 bytes on.
      assert.equal(block !== undefined, length >= 94, `${length} bytes`);
      for (const { valueAt, valueBytes } of block?.main.entries ?? []) {
        assert.ok(valueBytes === 0 || valueAt + valueBytes <= length);
      }
    }
  });
}

Deno.test("isExif() wants a byte order mark and 42", () => {
  assert.ok(isExif(Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0)));
  assert.ok(isExif(Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8)));
  assert.ok(!isExif(Uint8Array.of(0x49, 0x49, 0, 42, 8, 0, 0, 0)));
  assert.ok(!isExif(Uint8Array.of(0x49, 0x49, 42, 0)));
});

Deno.test("readDirectory() takes no offset inside the header", () => {
  const view = new DataView(new ArrayBuffer(40));
  assert.equal(readDirectory({ view, little: true }, 0), undefined);
  assert.deepEqual(readDirectory({ view, little: true }, 8)?.entries, []);
  view.setUint16(8, 3, true);
  assert.equal(readDirectory({ view, little: true }, 8), undefined, "38 bytes, 32 are there");
});
