import assert from "node:assert/strict";
import {
  exifOfDensity,
  jfifDensity,
  physChunk,
  readExifDensity,
  readJfifDensity,
  readPhysChunk,
} from "../../../../src/data/metadata/density.ts";
import { EXIF } from "./picture_files.ts";

Deno.test("readJfifDensity() reads inches, centimetres and bare ratios", () => {
  const read = (...bytes: number[]) => readJfifDensity(Uint8Array.from(bytes));
  assert.deepEqual(read(1, 1, 0x2c, 0, 72), { dpi: { x: 300, y: 72 } });
  // 118 per centimetre: 118 * 2.54 = 299.72.
  assert.deepEqual(read(2, 0, 118, 0, 118), { dpi: { x: 299.72, y: 299.72 } });
  assert.deepEqual(read(0, 0, 2, 0, 1), { aspect: { x: 2, y: 1 } });
  assert.deepEqual(read(0, 0, 1, 0, 1), {}, "nothing is said");
  assert.deepEqual(read(1, 0, 0, 0, 72), {});
});

Deno.test("jfifDensity() writes back what was read, and whole inches for a PNG's metres", () => {
  for (
    const bytes of [[1, 1, 0x2c, 0, 72], [2, 0, 118, 0, 118], [2, 0, 1, 0, 39], [0, 0, 2, 0, 1]]
  ) {
    assert.deepEqual(jfifDensity(readJfifDensity(Uint8Array.from(bytes))), bytes);
  }
  assert.deepEqual(jfifDensity({ dpi: { x: 299.9994, y: 299.9994 } }), [1, 1, 0x2c, 1, 0x2c]);
  assert.equal(jfifDensity({}), undefined);
  assert.equal(jfifDensity({ dpi: { x: 0.1, y: 0.1 } }), undefined, "no whole number above 0");
});

Deno.test("readPhysChunk() and physChunk() keep pixels per metre", () => {
  const phys = Uint8Array.of(0, 0, 0x2e, 0x23, 0, 0, 0x0b, 0x13, 1); // 11811 and 2835
  const density = readPhysChunk(phys);
  // 11811 * 0.0254 = 299.9994, 2835 * 0.0254 = 72.009.
  assert.ok(Math.abs(density.dpi!.x - 299.9994) < 1e-9 && Math.abs(density.dpi!.y - 72.009) < 1e-9);
  assert.deepEqual(physChunk(density), phys);
  assert.deepEqual(physChunk({ dpi: { x: 300, y: 72 } }), phys);
  const ratio = Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 3, 0);
  assert.deepEqual(readPhysChunk(ratio), { aspect: { x: 4, y: 3 } });
  assert.deepEqual(physChunk({ aspect: { x: 4, y: 3 } }), ratio);
  assert.equal(physChunk({}), undefined);
  assert.deepEqual(readPhysChunk(phys.subarray(1)), {});
});

Deno.test("readExifDensity() reads both byte orders; exifOfDensity() is read back", () => {
  for (const { exif } of EXIF) assert.deepEqual(readExifDensity(exif), { dpi: { x: 300, y: 200 } });
  assert.deepEqual(readExifDensity(exifOfDensity({ x: 299.9994, y: 72.009 })), {
    dpi: { x: 299.9994, y: 72.009 },
  });
  assert.deepEqual(readExifDensity(new Uint8Array(9)), {});
});
