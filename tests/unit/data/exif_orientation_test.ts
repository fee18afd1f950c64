import assert from "node:assert/strict";
import { applyOrientation, readExifOrientation } from "../../../src/data/exif_orientation.ts";

/** A TIFF block with one tag; `type` 3 is an unsigned 16-bit value. */
function tiff(
  { little = true, tag = 0x0112, type = 3, value = 6 }: {
    little?: boolean;
    tag?: number;
    type?: number;
    value?: number;
  },
): Uint8Array {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, 1, little);
  view.setUint16(10, tag, little);
  view.setUint16(12, type, little);
  view.setUint32(14, 1, little);
  view.setUint16(18, value, little);
  return new Uint8Array(view.buffer);
}

Deno.test("readExifOrientation() reads both byte orders", () => {
  assert.equal(readExifOrientation(tiff({ little: true, value: 8 })), 8);
  assert.equal(readExifOrientation(tiff({ little: false, value: 3 })), 3);
});

Deno.test("readExifOrientation() gives 1 for other tags, wrong values and damaged blocks", () => {
  assert.equal(readExifOrientation(tiff({ tag: 0x0110 })), 1);
  assert.equal(readExifOrientation(tiff({ type: 4 })), 1);
  assert.equal(readExifOrientation(tiff({ value: 0 })), 1);
  assert.equal(readExifOrientation(tiff({ value: 9 })), 1);
  for (let length = 0; length < 20; length++) {
    assert.equal(readExifOrientation(tiff({}).subarray(0, length)), 1);
  }
  const wrongMagic = tiff({});
  wrongMagic[2] = 43;
  assert.equal(readExifOrientation(wrongMagic), 1);
});

// TIFF 6.0, tag 274: on which visual side the stored row 0 and the stored column 0 lie.
const SIDES = [
  { orientation: 1, row0: "top", column0: "left" },
  { orientation: 2, row0: "top", column0: "right" },
  { orientation: 3, row0: "bottom", column0: "right" },
  { orientation: 4, row0: "bottom", column0: "left" },
  { orientation: 5, row0: "left", column0: "top" },
  { orientation: 6, row0: "right", column0: "top" },
  { orientation: 7, row0: "right", column0: "bottom" },
  { orientation: 8, row0: "left", column0: "bottom" },
];

for (const { orientation, row0, column0 } of SIDES) {
  Deno.test(`applyOrientation() ${orientation} puts row 0 ${row0} and column 0 ${column0}`, () => {
    // Every stored pixel is its own coordinate: red = column, green = row; 3 wide, 2 high.
    const rgba = new Uint8ClampedArray(24);
    for (let i = 0; i < 6; i++) rgba.set([i % 3, Math.floor(i / 3), 7, 200 + i], i * 4);
    const turned = applyOrientation({ width: 3, height: 2, rgba }, orientation);
    const swaps = row0 === "left" || row0 === "right";
    assert.deepEqual([turned.width, turned.height], swaps ? [2, 3] : [3, 2]);
    const { width, height } = turned;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const distance = { left: x, right: width - 1 - x, top: y, bottom: height - 1 - y };
        const row = distance[row0 as keyof typeof distance];
        const column = distance[column0 as keyof typeof distance];
        const at = (y * width + x) * 4;
        assert.deepEqual(
          [...turned.rgba.subarray(at, at + 4)],
          [column, row, 7, 200 + row * 3 + column],
        );
      }
    }
  });
}

Deno.test("applyOrientation() turns 16 bits as it turns 8", () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const rgba = Uint8ClampedArray.from({ length: 60 }, (_, i) => i);
    // From an offset that is no multiple of four bytes too.
    const rgba16 = new Uint16Array(61).subarray(orientation % 2, 60 + orientation % 2);
    for (let i = 0; i < 60; i++) rgba16[i] = i << 8 | 255 - i;
    const turned = applyOrientation({ width: 5, height: 3, rgba, rgba16 }, orientation);
    assert.deepEqual(turned.rgba16!.map((value) => value >> 8), new Uint16Array(turned.rgba));
    assert.ok(turned.rgba16!.every((value) => (value & 255) === 255 - (value >> 8)));
  }
});

Deno.test("applyOrientation() accepts pixels at an odd offset of their buffer", () => {
  const rgba = new Uint8ClampedArray(new ArrayBuffer(9), 1, 8);
  rgba.set([1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual([...applyOrientation({ width: 2, height: 1, rgba }, 2).rgba], [
    5,
    6,
    7,
    8,
    1,
    2,
    3,
    4,
  ]);
});

Deno.test("applyOrientation() rejects what is no orientation", () => {
  const pixels = { width: 1, height: 1, rgba: new Uint8ClampedArray(4) };
  assert.throws(() => applyOrientation(pixels, 9), {
    name: "RangeError",
    message: "Cannot turn the picture: orientation is 9, must be 1 to 8",
  });
});
