/**
 * Decodes a Windows bitmap, as Paint saves masks.
 * @module
 */
import type { RgbaPixels } from "../exif_orientation.ts";
import { readBmpLayout } from "./bmp_layout.ts";

/**
 * Decodes an uncompressed bitmap.
 *
 * @param bytes The whole file, of which the caller has judged the declared size.
 * @throws {SyntaxError} If it is of a kind that is not read, or an index has no colour.
 * @throws {RangeError} If it is cut short.
 */
export function decodeBmp(bytes: Uint8Array): RgbaPixels {
  const { width, height, bits, isBottomUp, start, rowBytes, palette, hasAlpha } = readBmpLayout(
    bytes,
  );
  if (palette.start + 4 * palette.length > bytes.length) {
    throw new RangeError("the palette is cut short");
  }
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + (isBottomUp ? height - 1 - y : y) * rowBytes;
    for (let x = 0; x < width; x++, to += 4) {
      let from = row + x * (bits >> 3);
      if (bits <= 8) {
        const bit = x * bits;
        const index = (bytes[row + (bit >> 3)]! >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
        if (index >= palette.length) throw new SyntaxError("BMP has an index without a colour");
        from = palette.start + 4 * index;
      }
      rgba[to] = bytes[from + 2]!;
      rgba[to + 1] = bytes[from + 1]!;
      rgba[to + 2] = bytes[from]!;
      rgba[to + 3] = hasAlpha ? bytes[from + 3]! : 255;
    }
  }
  return { width, height, rgba };
}
