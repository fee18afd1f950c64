import assert from "node:assert/strict";
import { compareJpeg } from "../../../../src/data/jpeg/compare_jpeg.ts";
import type { JpegCoefficients } from "../../../../src/data/jpeg/jpeg_coefficients.ts";
import { writeJpegCoefficients } from "../../../../src/data/jpeg/write_jpeg_coefficients.ts";
import { randomJpeg } from "./jpeg_files.ts";

/** 4:2:0, 64x48: 48 blocks of light, twice 12 of colour. */
const original: JpegCoefficients = {
  ...randomJpeg(7, { width: 64, height: 48, factors: [[2, 2], [1, 1], [1, 1]] }),
  segments: [{ marker: 0xe1, content: Uint8Array.of(1, 2) }, {
    marker: 0xfe,
    content: Uint8Array.of(3),
  }],
};

/** One pixel of block (2, 1) of light, so of block (1, 0) of colour. */
const holeMask = new Uint8Array(64 * 48);
holeMask[9 * 64 + 17] = 1;

function compared(change: (jpeg: JpegCoefficients) => Partial<JpegCoefficients> | void) {
  const jpeg = structuredClone(original);
  const after = writeJpegCoefficients({ ...jpeg, ...change(jpeg) });
  return compareJpeg({ before: writeJpegCoefficients(original), after, holeMask, orientation: 1 });
}

const FINE = {
  isUntouched: true,
  hasSameLayout: true,
  hasSameQuantTables: true,
  hasSameSegments: true,
  totalBlocks: 72,
  touchedBlocks: 3,
  changedUntouchedBlocks: 0,
};

Deno.test("compareJpeg() allows changes in touched blocks, and another coding", () => {
  assert.deepEqual(compared(() => {}), FINE);
  assert.deepEqual(compared(() => ({ isProgressive: true })), FINE);
  const touched = compared(({ components }) => {
    components[0]!.coefficients[64 * (8 + 2) + 5]! ^= 1;
    components[1]!.coefficients[64]! ^= 1;
    components[2]!.coefficients[127]! ^= 1;
  });
  assert.deepEqual(touched, FINE);
});

Deno.test("compareJpeg() counts untouched blocks that differ", () => {
  const changed = compared(({ components }) => {
    components[0]!.coefficients[64 * (8 + 3)]! ^= 1;
    components[0]!.coefficients[64 * (8 + 3) + 9]! ^= 1;
    components[2]!.coefficients[63]! ^= 1;
  });
  assert.deepEqual(changed, { ...FINE, isUntouched: false, changedUntouchedBlocks: 2 });
});

Deno.test("compareJpeg() finds other segments, tables and layouts", () => {
  const bad = { ...FINE, isUntouched: false };
  const segments = [...original.segments].reverse();
  assert.deepEqual(compared(() => ({ segments })), { ...bad, hasSameSegments: false });
  const fewer = original.segments.slice(1);
  assert.deepEqual(compared(() => ({ segments: fewer })), { ...bad, hasSameSegments: false });
  const content = Uint8Array.of(1, 3);
  const other = [{ marker: 0xe1, content }, original.segments[1]!];
  assert.deepEqual(compared(() => ({ segments: other })), { ...bad, hasSameSegments: false });
  const tables = compared(({ components }) => {
    components[1]!.quantTable[63]! ^= 1;
  });
  assert.deepEqual(tables, { ...bad, hasSameQuantTables: false });
  const layout = { ...bad, hasSameLayout: false, hasSameQuantTables: false };
  const smaller = compared(() => ({ width: 63 }));
  assert.deepEqual(smaller, { ...layout, changedUntouchedBlocks: 69 });
});
