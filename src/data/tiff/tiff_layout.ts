/**
 * What a TIFF file says about its first picture: size, kind of pixels and where they lie.
 * @module
 */
import {
  openTiff,
  readTiffDirectory,
  readTiffNumbers,
  type TiffDirectory,
  type TiffSource,
} from "./tiff_directory.ts";

/** How the pixels of a TIFF are stored. */
export interface TiffLayout {
  /** Stored size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits per sample, the same for every sample: 1, 2, 4, 8 or 16. */
  readonly bits: number;
  /** Samples per pixel with those that are not shown, 1 to 8. */
  readonly samples: number;
  readonly colour: "white-is-zero" | "black-is-zero" | "rgb" | "palette";
  /** Alpha behind the colour samples; `associated` means that colours are multiplied by it. */
  readonly alpha: "none" | "associated" | "unassociated";
  /** 1 none, 5 LZW, 8 Deflate, 32773 PackBits. */
  readonly compression: 1 | 5 | 8 | 32773;
  /** True if a sample is stored as difference to the one at its left. */
  readonly predicted: boolean;
  /** True if every sample has strips or tiles of its own. */
  readonly planar: boolean;
  /** Size of a strip or tile; tiles may reach over the edge. */
  readonly block: { readonly width: number; readonly height: number; readonly tiled: boolean };
  /** Where the blocks begin and how many bytes they have, in file order. */
  readonly offsets: Uint32Array;
  readonly byteCounts: Uint32Array;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number;
  /** Number of pages, thumbnails not counted, at least 1. */
  readonly pages: number;
  readonly directory: TiffDirectory;
  readonly source: TiffSource;
}

/** Compressions by number, with those that are refused. */
const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: "none",
  2: "CCITT",
  3: "CCITT fax",
  4: "CCITT fax",
  5: "LZW",
  6: "JPEG of the old kind",
  7: "JPEG",
  8: "Deflate",
  32773: "PackBits",
  32946: "Deflate",
  34712: "JPEG 2000",
  34925: "LZMA",
  50000: "Zstandard",
  50001: "WebP",
};

const COLOURS: Readonly<Record<number, string>> = {
  0: "white-is-zero",
  1: "black-is-zero",
  2: "rgb",
  3: "palette",
  4: "a transparency mask",
  5: "CMYK",
  6: "YCbCr",
  8: "CIELab",
  9: "ICCLab",
  32803: "a camera's raw pattern",
  34892: "a camera's raw pattern",
};

const MOST_PAGES = 1000;
const MOST_BLOCKS = 2 ** 24;
/** DNGVersion, which only camera raw files have. Those of other makers begin with a thumbnail. */
const DNG_VERSION = 50706;

/**
 * Reads and checks the layout of the first page, decoding nothing.
 *
 * @throws {SyntaxError} With the reason, if the file is damaged or of a kind that is not read: BigTIFF, camera
 * raw, CMYK, YCbCr, Lab, floating point, or compressed as JPEG, fax and the like.
 * @throws {RangeError} If it ends too early.
 *
 * Source: TIFF 6.0, sections 3 to 8, 14, 15, 18.
 */
export function readTiffLayout(bytes: Uint8Array): TiffLayout {
  const source = openTiff(bytes);
  const directory = readTiffDirectory(source, source.first);
  const { fields } = directory;
  const all = (tag: number, most: number) =>
    readTiffNumbers(source, { field: fields.get(tag), most });
  const one = (tag: number, otherwise: number) => all(tag, 64)?.[0] ?? otherwise;

  const isThumbnail = (one(254, 0) & 1) === 1;
  const isCanon = bytes[8] === 0x43 && bytes[9] === 0x52 && source.first === 16;
  if (fields.has(DNG_VERSION) || isThumbnail || isCanon) {
    throw new SyntaxError("file looks like a camera raw file, must be a finished picture");
  }
  const [width, height] = [one(256, 0), one(257, 0)];
  const samples = one(277, 1);
  if (samples < 1 || samples > 8) {
    throw new SyntaxError(`TIFF has ${samples} samples per pixel, must be 1 to 8`);
  }
  const colour = COLOURS[one(262, -1)] ?? "an unknown kind of colour";
  if (
    colour !== "white-is-zero" && colour !== "black-is-zero" && colour !== "rgb" &&
    colour !== "palette"
  ) {
    throw new SyntaxError(`TIFF holds ${colour}, must be grey, RGB or a palette`);
  }
  const depths = all(258, 64) ?? Uint32Array.of(1);
  const bits = depths[0]!;
  const colours = colour === "rgb" ? 3 : 1;
  const allowed = colour === "rgb"
    ? [8, 16]
    : colour === "palette"
    ? [1, 2, 4, 8]
    : [1, 2, 4, 8, 16];
  if (depths.some((depth) => depth !== bits) || !allowed.includes(bits)) {
    const what = [...depths].join(", ");
    throw new SyntaxError(`TIFF has ${what} bits per sample, must be ${allowed.join(" or ")} each`);
  }
  if (samples < colours) throw new SyntaxError(`TIFF is RGB with ${samples} samples, must be 3`);
  if (samples > 1 && bits < 8) throw new SyntaxError(`TIFF has ${samples} samples of ${bits} bits`);
  const format = one(339, 1);
  if (format !== 1 && format !== 4) {
    const what = format === 2
      ? "signed numbers"
      : format === 3
      ? "floating-point numbers"
      : "numbers of an unknown kind";
    throw new SyntaxError(`TIFF holds ${what}, must be whole numbers without sign`);
  }
  const packing = one(259, 1);
  const compression = packing === 32946 ? 8 : packing;
  if (compression !== 1 && compression !== 5 && compression !== 8 && compression !== 32773) {
    const name = COMPRESSIONS[packing] ?? "an unknown method";
    throw new SyntaxError(
      `TIFF is compressed with ${name} (${packing}), must be none, LZW, Deflate or PackBits`,
    );
  }
  const predictor = one(317, 1);
  if (predictor !== 1 && !(predictor === 2 && bits >= 8)) {
    throw new SyntaxError(`TIFF has predictor ${predictor} with ${bits} bits, which is not read`);
  }
  if (one(266, 1) !== 1) throw new SyntaxError("TIFF has its bits in reverse order");
  const extra = samples > colours ? one(338, 0) : 0;
  const orientation = one(274, 1);
  return {
    width,
    height,
    bits,
    samples,
    colour,
    alpha: extra === 1 ? "associated" : extra === 2 ? "unassociated" : "none",
    compression,
    predicted: predictor === 2 && compression !== 1 && compression !== 32773,
    planar: one(284, 1) === 2 && samples > 1,
    ...readBlocks({ width, height, all, one }),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    pages: countPages(source, directory),
    directory,
    source,
  };
}

/** Strips or tiles. */
function readBlocks(
  { width, height, all, one }: {
    readonly width: number;
    readonly height: number;
    readonly all: (tag: number, most: number) => Uint32Array | undefined;
    readonly one: (tag: number, otherwise: number) => number;
  },
): Pick<TiffLayout, "block" | "offsets" | "byteCounts"> {
  const tileWidth = one(322, 0);
  const tiled = tileWidth > 0;
  const block = tiled
    ? { width: tileWidth, height: one(323, 0), tiled }
    : { width, height: Math.min(height, one(278, height) || height), tiled };
  // A tile is decoded whole, so its size is bounded by that of the picture, which the caller has judged.
  const area = block.width * block.height;
  if (area > width * height + 2 ** 22 || (area === 0 && tiled)) {
    throw new SyntaxError(
      `TIFF has tiles of ${block.width}x${block.height}, which do not fit the picture`,
    );
  }
  const offsets = all(tiled ? 324 : 273, MOST_BLOCKS);
  const byteCounts = all(tiled ? 325 : 279, MOST_BLOCKS);
  if (offsets === undefined || byteCounts === undefined || offsets.length !== byteCounts.length) {
    throw new SyntaxError("TIFF does not say where its pixels are");
  }
  return { block, offsets, byteCounts };
}

/** Follows the chain of directories; a chain that bites its tail or breaks ends the count. */
function countPages(source: TiffSource, first: TiffDirectory): number {
  const visited = new Set([source.first]);
  let pages = 1;
  for (let at = first.next; at !== 0 && !visited.has(at) && visited.size < MOST_PAGES;) {
    visited.add(at);
    try {
      const { fields, next } = readTiffDirectory(source, at);
      const kind = readTiffNumbers(source, { field: fields.get(254), most: 64 })?.[0] ?? 0;
      if ((kind & 5) === 0) pages++; // 1 is a thumbnail, 4 a transparency mask
      at = next;
    } catch {
      break;
    }
  }
  return pages;
}
