/**
 * What a Windows bitmap says about its pixels.
 * @module
 */

/** How the pixels of a BMP are stored. */
export interface BmpLayout {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Bits per pixel; below 24 an index into the palette. */
  readonly bits: 1 | 4 | 8 | 24 | 32;
  /** True if the first row is the lowest, as is usual. */
  readonly isBottomUp: boolean;
  /** Offset of the first row; each begins at a multiple of four bytes from there. */
  readonly start: number;
  readonly rowBytes: number;
  /** Offset and length of the palette, four bytes an entry (blue, green, red, unused). */
  readonly palette: { readonly start: number; readonly length: number };
  /** True if the fourth byte of 32 bits is alpha rather than unused. */
  readonly hasAlpha: boolean;
}

/** Masks of red, green, blue that are the order blue, green, red in the file. */
const USUAL_MASKS = [0x00ff0000, 0x0000ff00, 0x000000ff] as const;
const ALPHA_MASK = 0xff000000;

/**
 * Reads the layout of an uncompressed bitmap of 1, 4, 8, 24 or 32 bits a pixel.
 *
 * @throws {SyntaxError} If it is of another kind, or is damaged.
 * @throws {RangeError} If it is cut short, the last row of pixels included.
 *
 * Source: Microsoft, BITMAPFILEHEADER, BITMAPINFOHEADER and BITMAPV5HEADER.
 */
export function readBmpLayout(bytes: Uint8Array): BmpLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(10, true);
  const head = view.getUint32(14, true);
  if (head < 40 || head > 1024) {
    throw new SyntaxError("BMP is of OS/2 or damaged, must be of Windows");
  }
  const [width, signedHeight] = [view.getInt32(18, true), view.getInt32(22, true)];
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  if (bits !== 1 && bits !== 4 && bits !== 8 && bits !== 24 && bits !== 32) {
    throw new SyntaxError(`BMP has ${bits} bits per pixel, must be 1, 4, 8, 24 or 32`);
  }
  const compression = view.getUint32(30, true);
  const hasMasks = bits === 32 && (compression === 3 || compression === 6);
  if (compression !== 0 && !hasMasks) {
    const known: Record<number, string> = {
      1: "run lengths",
      2: "run lengths",
      4: "JPEG",
      5: "PNG",
    };
    throw new SyntaxError(`BMP is compressed with ${known[compression] ?? "an unknown method"}`);
  }
  if (hasMasks && USUAL_MASKS.some((mask, i) => view.getUint32(54 + 4 * i, true) !== mask)) {
    throw new SyntaxError("BMP has its colours in an unusual order, must be blue, green, red");
  }
  const statesAlpha = hasMasks && (head >= 56 || compression === 6);
  const entries = bits > 8 ? 0 : Math.min(view.getUint32(46, true) || 2 ** bits, 2 ** bits);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (width < 1 || height < 1) {
    throw new SyntaxError(`size is ${width}x${height}, must be at least 1x1`);
  }
  if (start + rowBytes * height > bytes.length) {
    throw new RangeError("the rows end behind the file");
  }
  return {
    width,
    height,
    bits,
    isBottomUp: signedHeight > 0,
    start,
    rowBytes,
    palette: { start: 14 + head, length: entries },
    hasAlpha: statesAlpha && view.getUint32(66, true) === ALPHA_MASK,
  };
}
