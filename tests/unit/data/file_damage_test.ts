import assert from "node:assert/strict";
import { findDamage } from "../../../src/data/file_damage.ts";
import { FILES } from "./metadata/picture_files.ts";

Deno.test("findDamage() finds nothing in whole files, whatever follows them", () => {
  for (const format of ["jpeg", "png", "webp"] as const) {
    assert.equal(findDamage(FILES[format], format), undefined);
    const longer = new Uint8Array(FILES[format].length + 3);
    longer.set(FILES[format]);
    assert.equal(findDamage(longer, format), undefined);
  }
  for (const format of ["gif", "tiff", "avif", "bmp"] as const) {
    assert.equal(findDamage(new Uint8Array(), format), undefined, "others see to it");
  }
});

Deno.test("findDamage() names a missing end and a wrong checksum", () => {
  const cut = (bytes: Uint8Array) => bytes.subarray(0, -1);
  const { jpeg, png, webp } = FILES;
  assert.equal(findDamage(cut(jpeg), "jpeg"), "file is cut short, its JPEG end marker is missing");
  assert.equal(findDamage(cut(png), "png"), "file is cut short, its PNG end chunk is missing");
  assert.equal(
    findDamage(cut(webp), "webp"),
    `file is cut short, it has ${webp.length - 1} bytes, must be ${webp.length}`,
  );
  const wrong = png.slice();
  wrong[8 + 25 + 8]! ^= 1; // first byte of the second chunk's content
  assert.equal(
    findDamage(wrong, "png"),
    'file is damaged, PNG chunk "iCCP" at byte 33 fails its checksum',
  );
});
