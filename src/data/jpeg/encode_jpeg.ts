/**
 * Turns pixels into a new JPEG, without native code.
 * @module
 */
import { addBlock } from "./block_tokens.ts";
import { forwardDct, quantisingFactors } from "./block_transform.ts";
import { ijgQuantTable } from "./ijg_quality.ts";
import { joinBytes } from "../metadata/join_bytes.ts";
import { EOI, frameBytes, quantTableBytes, segmentBytes, SOI } from "./marker_bytes.ts";
import { scanPartBytes, TOKEN_TABLES } from "./scan_part.ts";
import { ScanTokens } from "./scan_tokens.ts";
import { ZIGZAG } from "./zigzag.ts";

/** How often colour is sampled: at every pixel, at every other one of a row, at one of four. */
export type JpegSubsampling = "4:4:4" | "4:2:2" | "4:2:0";

/** What {@linkcode encodeJpeg} writes. */
export interface EncodableJpeg {
  /** 1 to 65535 pixels. */
  readonly width: number;
  /** 1 to 65535 pixels. */
  readonly height: number;
  /** `[height, width, 4]`, row-major, red first, 0 to 255; alpha is not looked at. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** Options of {@linkcode encodeJpeg}. */
export interface EncodeJpegOptions {
  /** Whole number, 1 (small) to 100 (faithful), as the Independent JPEG Group scales it. */
  readonly quality: number;
  readonly subsampling: JpegSubsampling;
  /** True writes luma alone, and `subsampling` means nothing. */
  readonly isGrey: boolean;
}

/** JFIF 1.1, square pixels, no thumbnail. */
const JFIF = [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];

/** Sampling factors of luma. */
const FACTORS: Readonly<Record<JpegSubsampling, readonly [h: number, v: number]>> = {
  "4:4:4": [1, 1],
  "4:2:2": [2, 1],
  "4:2:0": [2, 2],
};

/**
 * Encodes a picture as baseline JPEG with Huffman codes made to measure. The same pixels give the same bytes.
 *
 * @throws {RangeError} If `rgba` does not fit the size, a side is no whole number from 1 to 65535, or the quality
 * none from 1 to 100.
 *
 * Source: ITU T.81; JFIF 1.02. Differs: from libjpeg in that colour is not rounded before the transform, which
 * is in double precision.
 */
export function encodeJpeg(
  image: EncodableJpeg,
  options: EncodeJpegOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => resolve(encode(image, options)));
}

function encode(image: EncodableJpeg, options: EncodeJpegOptions): Uint8Array<ArrayBuffer> {
  const { width, height, rgba } = image;
  const { quality, subsampling, isGrey } = options;
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= 0xffff;
  if (!isSide(width) || !isSide(height) || rgba.length !== width * height * 4) {
    throw new RangeError(
      `Cannot encode JPEG: ${rgba.length} bytes are no picture of ${width}x${height}, ` +
        "sides must be 1 to 65535 and pixels have 4 bytes",
    );
  }
  if (!(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new RangeError(
      `Cannot encode JPEG: quality is ${quality}, must be a whole number from 1 to 100`,
    );
  }
  const [h, v] = isGrey ? [1, 1] as const : FACTORS[subsampling];
  const kinds = isGrey ? ["luminance"] as const : ["luminance", "chrominance"] as const;
  const quantTables = kinds.map((kind) => ijgQuantTable(kind, quality));
  const ids = isGrey ? [1] : [1, 2, 3];
  const components = ids.map((id) => {
    const table = id === 1 ? 0 : 1;
    return { id, h: id === 1 ? h : 1, v: id === 1 ? v : 1, quantId: table, table };
  });

  const tokens = new ScanTokens();
  addPicture(tokens, image, { h, v, isGrey, quantTables });
  return joinBytes([
    SOI,
    segmentBytes(0xe0, JFIF),
    ...quantTables.map((table, i) => quantTableBytes(i, table)),
    frameBytes(0xc0, { width, height, components }),
    ...scanPartBytes(tokens, { components, from: 0, to: 63, high: 0, low: 0 }),
    EOI,
  ]);
}

/** Sampling and steps of {@linkcode addPicture}. */
interface Recipe {
  readonly h: number;
  readonly v: number;
  readonly isGrey: boolean;
  readonly quantTables: readonly Uint16Array[];
}

/** Goes through the units of one to four blocks of luma and one of each colour. */
function addPicture(tokens: ScanTokens, image: EncodableJpeg, recipe: Recipe): void {
  const { width, height } = image;
  const { h, v, isGrey, quantTables } = recipe;
  const factors = quantTables.map(quantisingFactors);
  const unit = makeUnit(h, v);
  const block = new Float64Array(64);
  const quantised = new Int16Array(64);
  const previous = [0, 0, 0];
  const slots = [0, 1].map((i) => ({ dc: TOKEN_TABLES.dc + i, ac: TOKEN_TABLES.ac + i }));
  const add = (component: number, samples: Float64Array, at: number, stride: number) => {
    for (let y = 0, to = 0; y < 8; y++, at += stride) {
      for (let x = 0; x < 8; x++) block[to++] = samples[at + x]!;
    }
    forwardDct(block);
    const table = component === 0 ? 0 : 1;
    quantise(block, factors[table]!, quantised);
    addBlock(tokens, quantised, 0, previous[component]!, slots[table]!);
    previous[component] = quantised[0]!;
  };
  // A block of luma that only fills up a unit repeats the last mean, which takes the fewest bits.
  const nothing = new Int16Array(64);
  const addNothing = () => addBlock(tokens, nothing, 0, 0, slots[0]!);
  for (let top = 0; top < height; top += 8 * v) {
    for (let left = 0; left < width; left += 8 * h) {
      fillUnit(unit, image, left, top);
      for (let row = 0; row < v; row++) {
        for (let column = 0; column < h; column++) {
          const isInside = left + 8 * column < width && top + 8 * row < height;
          if (isInside) add(0, unit.luma, 8 * (row * 8 * h + column), 8 * h);
          else addNothing();
        }
      }
      if (isGrey) continue;
      add(1, unit.blue, 0, 8);
      add(2, unit.red, 0, 8);
    }
  }
}

/** Samples of one unit, around 0: luma `[8v, 8h]`, colour `[8, 8]`. */
interface Unit {
  readonly h: number;
  readonly v: number;
  readonly luma: Float64Array;
  readonly blue: Float64Array;
  readonly red: Float64Array;
}

function makeUnit(h: number, v: number): Unit {
  const [luma, blue, red] = [64 * h * v, 64, 64].map((size) => new Float64Array(size)) as [
    ...[Float64Array, Float64Array, Float64Array],
  ];
  return { h, v, luma, blue, red };
}

/** Beyond the right and the lower edge the last pixel is repeated. */
function fillUnit(unit: Unit, { width, height, rgba }: EncodableJpeg, left: number, top: number) {
  const { h, v, luma, blue, red } = unit;
  const share = 1 / (h * v);
  const shiftX = h - 1;
  const shiftY = v - 1;
  blue.fill(0);
  red.fill(0);
  for (let y = 0, to = 0; y < 8 * v; y++) {
    const row = Math.min(top + y, height - 1) * width;
    const colourRow = (y >> shiftY) << 3;
    for (let x = 0; x < 8 * h; x++, to++) {
      const from = 4 * (row + (left + x < width ? left + x : width - 1));
      const r = rgba[from]!;
      const g = rgba[from + 1]!;
      const b = rgba[from + 2]!;
      luma[to] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      const colour = colourRow + (x >> shiftX);
      blue[colour]! += share * (0.5 * b - 0.16873589164785552 * r - 0.3312641083521445 * g);
      red[colour]! += share * (0.5 * r - 0.4186875891583452 * g - 0.08131241084165478 * b);
    }
  }
}

/** Rounds to the nearest step, halves away from 0. */
function quantise(block: Float64Array, factors: Float64Array, quantised: Int16Array): void {
  for (let k = 0; k < 64; k++) {
    const value = block[ZIGZAG[k]!]! * factors[k]!;
    quantised[k] = value < 0 ? value - 0.5 : value + 0.5;
  }
}
