/**
 * Reads TIFF. Own code, because on 44 files of ImageMagick the kept libraries fell short: `tiff` 7.1.3 refuses PackBits,
 * 4 bits and any orientation, gives wrong pixels for RGB tiles, fails on separate planes, and does not bound what a strip
 * unpacks to; `utif2` 4.1.0 gives wrong pixels for separate planes, 4-bit grey, multiplied alpha and floating point.
 * @module
 */
import type { PictureMetadata } from "../metadata/picture_metadata.ts";
import { readTiffLayout, type TiffLayout } from "./tiff_layout.ts";
import { readTiffMetadata } from "./tiff_metadata.ts";
import { unpackBlock } from "./unpack_block.ts";

/** A picture of a TIFF file, in stored orientation. */
export interface DecodedTiff {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, 0 to 255, colour not multiplied by alpha; of 16 bits the upper 8. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** The same in 16 bits, 0 to 65535, if the file has 16. */
  readonly rgba16?: Uint16Array<ArrayBuffer>;
  /** True if the file has one colour sample. */
  readonly isGrey: boolean;
  /** What is there beside the pixels. */
  readonly metadata: PictureMetadata;
  /** What was left out of the picture, one sentence each: further pages, unnamed channels. */
  readonly warnings: readonly string[];
}

/**
 * Decodes the first page: grey, RGB or palette; 1 to 16 bits; plain, LZW, Deflate or PackBits; strips or tiles.
 * Colour that is stored multiplied by alpha is divided by it and rounded.
 *
 * @param bytes The whole file, of which the caller has judged the declared size; no more memory is taken than
 * 12 bytes a pixel and one strip or tile.
 * @throws {SyntaxError} With the reason, if the file is damaged, cut short or of a kind that is not read.
 * @throws {RangeError} If a directory ends behind the file.
 *
 * Source: TIFF 6.0.
 */
export async function decodeTiff(bytes: Uint8Array): Promise<DecodedTiff> {
  const layout = readTiffLayout(bytes);
  const { width, height, bits, colour, samples, alpha, block } = layout;
  const colours = colour === "rgb" ? 3 : 1;
  const count = width * height * 4;
  const pixels = bits === 16 ? new Uint16Array(count) : new Uint8ClampedArray(count);
  if (alpha === "none") { for (let i = 3; i < count; i += 4) pixels[i] = 65535; } // clamped to 255
  const across = Math.ceil(width / block.width);
  const down = Math.ceil(height / block.height);
  const planes = layout.planar ? samples : 1;
  if (layout.offsets.length < across * down * planes) {
    const found = `${layout.offsets.length} strips or tiles`;
    throw new SyntaxError(`TIFF has ${found}, ${width}x${height} needs ${across * down * planes}`);
  }
  const toPixel = makeToPixel(layout);
  for (let plane = 0; plane < planes; plane++) {
    if (plane >= colours + (alpha === "none" ? 0 : 1)) break; // samples that are not shown
    for (let i = 0; i < across * down; i++) {
      const [x, y] = [(i % across) * block.width, Math.floor(i / across) * block.height];
      const rows = block.tiled ? block.height : Math.min(block.height, height - y);
      const values = await readBlock(layout, { index: plane * across * down + i, rows });
      toPixel({ pixels, values, plane, x, y, rows: Math.min(rows, height - y) });
    }
  }
  if (alpha === "associated") divideByAlpha(pixels);
  const rgba16 = pixels instanceof Uint16Array ? pixels : undefined;
  const warnings: string[] = [];
  if (layout.pages > 1) warnings.push(`file has ${layout.pages} pages, only the first is read`);
  const unnamed = samples - colours - (alpha === "none" ? 0 : 1);
  if (unnamed > 0) {
    warnings.push(`file has ${unnamed} more channels than colour and alpha, which are left out`);
  }
  return {
    width,
    height,
    rgba: pixels instanceof Uint16Array ? upperBytes(pixels) : pixels,
    ...(rgba16 === undefined ? {} : { rgba16 }),
    isGrey: colour === "white-is-zero" || colour === "black-is-zero",
    metadata: readTiffMetadata(layout),
    warnings,
  };
}

function upperBytes(values: Uint16Array): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = values[i]! >> 8;
  return bytes;
}

/** Samples of one strip or tile, one number each, with the predictor undone. */
async function readBlock(
  { source, block, bits, samples, planar, offsets, byteCounts, compression, predicted }: TiffLayout,
  { index, rows }: { readonly index: number; readonly rows: number },
): Promise<Uint8Array | Uint16Array> {
  const channels = planar ? 1 : samples;
  const rowValues = block.width * channels;
  const rowBytes = Math.ceil((rowValues * bits) / 8);
  const [start, size] = [offsets[index]!, byteCounts[index]!];
  if (start + size > source.bytes.length) throw new SyntaxError("TIFF's pixels are cut short");
  const packed = source.bytes.subarray(start, start + size);
  const raw = await unpackBlock(packed, {
    compression,
    length: rows * rowBytes,
    most: block.height * rowBytes,
  });
  if (bits === 8) {
    const values = predicted ? raw.slice() : raw;
    if (predicted) addLeft(values, { rowValues, channels });
    return values;
  }
  if (bits === 16) {
    const values = new Uint16Array(rows * rowValues);
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    for (let i = 0; i < values.length; i++) values[i] = view.getUint16(2 * i, source.little);
    if (predicted) addLeft(values, { rowValues, channels });
    return values;
  }
  const values = new Uint8Array(rows * rowValues);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let x = 0; x < rowValues; x++, to++) {
      const bit = x * bits;
      const byte = raw[row * rowBytes + (bit >> 3)]!;
      values[to] = (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
  }
  return values;
}

/** Undoes the horizontal predictor; the arrays wrap around as the writer's did. */
function addLeft(
  values: Uint8Array | Uint16Array,
  { rowValues, channels }: { readonly rowValues: number; readonly channels: number },
): void {
  for (let row = 0; row < values.length; row += rowValues) {
    for (let i = row + channels; i < row + rowValues; i++) values[i]! += values[i - channels]!;
  }
}

interface BlockOfValues {
  readonly pixels: Uint16Array | Uint8ClampedArray;
  readonly values: Uint8Array | Uint16Array;
  readonly plane: number;
  readonly x: number;
  readonly y: number;
  readonly rows: number;
}

/** Makes what copies a block into the picture, in 8 or 16 bits: smaller depths fit evenly into 255. */
function makeToPixel(layout: TiffLayout): (block: BlockOfValues) => void {
  const { width, bits, samples, colour, alpha, planar, block } = layout;
  const colours = colour === "rgb" ? 3 : 1;
  const top = bits === 16 ? 65535 : 255;
  const step = top / (2 ** bits - 1);
  const palette = colour === "palette" ? readPalette(layout) : undefined;
  const channels = planar ? 1 : samples;
  /** Copies one sample of every pixel to red, green, blue or alpha, as `start + value * factor`. */
  const copy = (
    { pixels, values, x, y, rows }: BlockOfValues,
    { channel, target, start, factor }: {
      readonly channel: number;
      readonly target: number;
      readonly start: number;
      readonly factor: number;
    },
  ) => {
    const columns = Math.min(block.width, width - x);
    for (let row = 0; row < rows; row++) {
      let from = row * block.width * channels + channel;
      let to = ((y + row) * width + x) * 4 + target;
      for (let column = 0; column < columns; column++, from += channels, to += 4) {
        pixels[to] = start + values[from]! * factor;
      }
    }
  };
  return (part) => {
    for (let channel = 0; channel < channels; channel++) {
      const sample = part.plane + channel;
      const plain = { channel, start: 0, factor: step };
      if (sample > colours || (sample === colours && alpha === "none")) continue;
      if (sample === colours) copy(part, { ...plain, target: 3 });
      else if (colour === "rgb") copy(part, { ...plain, target: sample });
      else if (palette !== undefined) {
        for (const [target, levels] of palette.entries()) {
          const values = part.values.map((value) => levels[value]!);
          copy({ ...part, values }, { ...plain, target, factor: 1 });
        }
      } else {
        const tone = colour === "white-is-zero" ? { start: top, factor: -step } : {};
        for (let target = 0; target < 3; target++) copy(part, { ...plain, ...tone, target });
      }
    }
  };
}

/** All reds, then all greens, then all blues, of which the 8 upper bits are taken. */
function readPalette({ directory, source, bits }: TiffLayout): Uint8Array[] {
  const bytes = directory.fields.get(320)?.bytes;
  const size = 2 ** bits;
  if (bytes === undefined || bytes.length < 2 * 3 * size) {
    throw new SyntaxError("TIFF has a palette that is too short");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const palette = new Uint16Array(3 * size);
  for (let i = 0; i < palette.length; i++) palette[i] = view.getUint16(2 * i, source.little);
  // Some writers store 0 to 255 in spite of the specification; libtiff takes them as meant.
  const isSmall = palette.every((value) => value < 256);
  const levels = Uint8Array.from(palette, (value) => isSmall ? value : value >> 8);
  return [0, 1, 2].map((colour) => levels.subarray(colour * size, (colour + 1) * size));
}

function divideByAlpha(pixels: Uint16Array | Uint8ClampedArray): void {
  const top = pixels instanceof Uint16Array ? 65535 : 255;
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3]!;
    if (alpha === top) continue;
    for (let c = i; c < i + 3; c++) {
      pixels[c] = alpha === 0 ? 0 : Math.min(top, Math.round((pixels[c]! * top) / alpha));
    }
  }
}
