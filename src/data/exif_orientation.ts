/**
 * The orientation that a camera writes into the EXIF block of a JPEG, and turning a picture upright by it.
 * @module
 */

/** Picture without padding between rows. */
export interface RgbaPixels {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, row-major, red first, 0 to 255, colour not multiplied by alpha. */
  readonly rgba: Uint8ClampedArray;
  /** The same with 16 bits, 0 to 65535, if the file has them; `rgba` holds the upper 8 of each. */
  readonly rgba16?: Uint16Array;
}

/** TIFF tag number of "Orientation". */
const ORIENTATION_TAG = 0x0112;
/** TIFF type number of an unsigned 16-bit value. */
const SHORT = 3;

/**
 * Reads the orientation from a TIFF block, the content of an EXIF segment after `Exif\0\0`.
 *
 * @param tiff Bytes from the byte order mark (`II` or `MM`) on.
 * @returns 1 to 8; 1 (upright) if the tag is absent, the value is no orientation or the block is damaged,
 * because broken metadata does not make a picture unreadable.
 *
 * Source: TIFF 6.0, section 2 and tag 274; Exif 2.32, section 4.6.4.
 */
export function readExifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const order = view.getUint16(0);
    if (order !== 0x4949 && order !== 0x4d4d) return 1;
    const little = order === 0x4949;
    if (view.getUint16(2, little) !== 42) return 1;
    const directory = view.getUint32(4, little);
    const count = view.getUint16(directory, little);
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + 12 * i;
      if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
      if (view.getUint16(entry + 2, little) !== SHORT) return 1;
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/**
 * Turns a stored picture upright.
 *
 * @param stored Picture as it lies in the file.
 * @param orientation 1 to 8 as EXIF counts; 5 to 8 swap width and height.
 * @returns A new picture, or `stored` itself for orientation 1.
 * @throws {RangeError} If the orientation is not 1 to 8.
 *
 * Source: TIFF 6.0, tag 274. Each value names the visual side of the stored row 0 and column 0.
 */
export function applyOrientation(stored: RgbaPixels, orientation: number): RgbaPixels {
  if (!Number.isInteger(orientation) || orientation < 1 || orientation > 8) {
    throw new RangeError(
      `Cannot turn the picture: orientation is ${orientation}, must be 1 to 8`,
    );
  }
  if (orientation === 1) return stored;
  const swaps = orientation >= 5;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const width = swaps ? stored.height : stored.width;
  const height = swaps ? stored.width : stored.height;

  const start = (fromRight ? stored.width - 1 : 0) +
    (fromBottom ? stored.height - 1 : 0) * stored.width;
  const alongStoredRow = fromRight ? -1 : 1;
  const alongStoredColumn = fromBottom ? -stored.width : stored.width;
  const [stepX, stepY] = swaps
    ? [alongStoredColumn, alongStoredRow]
    : [alongStoredRow, alongStoredColumn];
  const order = { width, height, start, stepX, stepY };
  const rgba = new Uint8ClampedArray(reordered(stored.rgba, order).buffer);
  if (stored.rgba16 === undefined) return { width, height, rgba };
  return { width, height, rgba, rgba16: new Uint16Array(reordered(stored.rgba16, order).buffer) };
}

/** Which stored pixel comes next. */
interface PixelOrder {
  readonly width: number;
  readonly height: number;
  /** Index of the first stored pixel, and steps to the next one to the right and downwards. */
  readonly start: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Copies pixels in another order. A pixel of 8 bits is one 32-bit word, one of 16 bits is two. */
function reordered(
  pixels: Uint8ClampedArray | Uint16Array,
  { width, height, start, stepX, stepY }: PixelOrder,
): Uint32Array<ArrayBuffer> {
  // A view of words needs an aligned start.
  const { buffer, byteOffset, byteLength } = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  const source = new Uint32Array(buffer, byteOffset, byteLength / 4);
  const target = new Uint32Array(source.length);
  const words = source.length / (width * height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = (start + y * stepY) * words;
    const step = stepX * words;
    if (words === 1) {
      for (let x = 0; x < width; x++, from += step) target[to++] = source[from]!;
    } else {
      for (let x = 0; x < width; x++, from += step) {
        target[to++] = source[from]!;
        target[to++] = source[from + 1]!;
      }
    }
  }
  return target;
}
