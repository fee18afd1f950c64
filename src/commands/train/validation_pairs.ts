/**
 * The pictures and holes that a run is measured on: fixed by files, size and seed.
 * @module
 */
import { shuffledOrder } from "../../data/folder_dataset.ts";
import { keptShorterSide } from "../../data/image_cache.ts";
import { cutLatticeSample, smallSide } from "../../data/lattice_sample.ts";
import type { LatticeShare } from "../../data/make_sample.ts";
import { generateHoleMask } from "../../data/mask_generator.ts";
import { resizeBox } from "../../data/random_crop.ts";
import { readImageFile } from "../../data/read_image_file.ts";
import { InputError } from "../../errors.ts";
import { HOLE_BINS, holeBin } from "../../metrics/hole_bin.ts";
import { createRandom } from "../../random.ts";
import type { ValidationPair } from "../../training/validate.ts";

/** Options of {@linkcode makeValidationPairs}. */
export interface ValidationPairsOptions {
  /** Files; which of them are used depends on their order. */
  readonly images: readonly string[];
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** Most pairs. */
  readonly count: number;
  readonly seed: number;
  /**
   * Share of the pairs that are lattices, spread evenly, and the bounds of their scales.
   * @default {undefined} None
   */
  readonly lattices?: LatticeShare;
  /** Told of each image that cannot be read and is left out. */
  readonly onBadImage: (path: string, message: string) => void;
  /** Told after each pair. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Sets these streams of chance apart from those of training samples, which use `(seed, index)`. */
const STREAM = 0x7a11d;

/** Masks drawn until one falls into its bin; small masks are coarse. */
const ATTEMPTS = 16;

/**
 * Makes one pair of every image, or of as many as may be, and at least one of each hole-ratio bin.
 *
 * The picture is a centred square, resized. Its side is the geometric mean of `size` and the shorter side of the
 * image, as far as training keeps it ({@linkcode keptShorterSide}): the median of the squares that training draws.
 * Smaller images are enlarged. The masks go through the bins in turn. Pairs that are lattices go through the scales in
 * turn, without holes in their small picture; what stands at the picture's right and bottom edge is mirrored outward to
 * fill the last cells.
 *
 * @throws {InputError} If no image can be read.
 * @throws {DOMException} The reason of the signal, if it fires.
 */
export async function makeValidationPairs(
  options: ValidationPairsOptions,
): Promise<ValidationPair[]> {
  const { images, size, count, seed, lattices, onBadImage, onProgress, signal } = options;
  // If only some are used they shall not be those of the first folder.
  const order = shuffledOrder(images.length, seed, STREAM);
  const total = Math.min(count, Math.max(images.length, HOLE_BINS.length));
  const crops: { name: string; rgb255: Uint8Array }[] = [];
  for (const index of order) {
    if (crops.length === total) break;
    signal?.throwIfAborted();
    const name = images[index]!;
    try {
      crops.push({ name, rgb255: await readCrop(name, size) });
      onProgress?.(crops.length, Math.min(total, images.length));
    } catch (error) {
      onBadImage(name, error instanceof Error ? error.message : String(error));
    }
  }
  if (crops.length === 0) {
    throw new InputError(`Cannot validate: none of the ${images.length} images can be read`);
  }
  const pairs = Math.min(count, Math.max(crops.length, HOLE_BINS.length));
  return Array.from({ length: pairs }, (_, i) => {
    const crop = crops[i % crops.length]!;
    const before = lattices === undefined ? 0 : latticesBefore(i, lattices.share);
    if (lattices === undefined || latticesBefore(i + 1, lattices.share) === before) {
      return { ...crop, holeMask: drawMask(i - before, { size, seed }) };
    }
    const [low, high] = lattices.scales;
    const scale = low + before % (high - low + 1);
    return { name: crop.name, ...layOut(crop.rgb255, { size, scale }) };
  });
}

/** How many of the first pairs are lattices. */
function latticesBefore(pairs: number, share: number): number {
  return Math.floor(pairs * share);
}

/** A lattice whose first known pixel is that of the paper. */
function layOut(rgb255: Uint8Array, { size, scale }: { size: number; scale: number }) {
  const side = scale * smallSide(size, scale);
  const mirrored = (at: number) => at < size ? at : 2 * size - 1 - at;
  const extended = new Uint8Array(side * side * 3);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0; x < side; x++, to += 3) {
      const from = (mirrored(y) * size + mirrored(x)) * 3;
      extended.set(rgb255.subarray(from, from + 3), to);
    }
  }
  return cutLatticeSample(extended, { size, scale, offset: [0, 0] });
}

async function readCrop(path: string, size: number): Promise<Uint8Array> {
  const { width, height, rgba } = await readImageFile(path);
  const shorter = Math.min(width, height);
  const kept = Math.min(shorter, keptShorterSide(size));
  const median = Math.sqrt(size * kept) * shorter / kept;
  const side = shorter <= size ? shorter : Math.round(median);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  const rgb255 = new Uint8Array(side * side * 3);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0, from = ((top + y) * width + left) * 4; x < side; x++, from += 4, to += 3) {
      rgb255[to] = rgba[from]!;
      rgb255[to + 1] = rgba[from + 1]!;
      rgb255[to + 2] = rgba[from + 2]!;
    }
  }
  const box = { left: 0, top: 0, width: side, height: side };
  return resizeBox({ width: side, height: side, rgb255 }, box, { width: size, height: size });
}

/** A mask of bin `index mod bins`, or after many attempts one beside it. */
function drawMask(index: number, { size, seed }: { size: number; seed: number }): Uint8Array {
  const random = createRandom(seed, index, STREAM);
  const extent = { width: size, height: size };
  const wanted = index % HOLE_BINS.length;
  let holeMask: Uint8Array;
  for (let attempt = 1;; attempt++) {
    holeMask = generateHoleMask(random, { ...extent, ratio: HOLE_BINS[wanted]! });
    if (attempt === ATTEMPTS || holeBin(holeMask, extent).bin === wanted) return holeMask;
  }
}
