/**
 * From the names of a pair to its pixels.
 * @module
 */
import { decodeImage } from "../../../src/data/decode_image.ts";
import { type HoleMask, readHoleMask, resizeHoleMask } from "../../../src/data/mask_file.ts";
import { generateHoleMask } from "../../../src/data/mask_generator.ts";
import type { DamagedImage } from "../../../src/methods/types.ts";
import { HOLE_BINS } from "../../../src/metrics/hole_bin.ts";
import { createRandom } from "../../../src/random.ts";

/** One image and the way to its mask. */
export interface Pair {
  readonly imagePath: string;
  /** For messages and the table. */
  readonly maskName: string;
  /** Hole mask `[height, width]` at the size of the image. */
  makeHoleMask(size: { width: number; height: number }): Uint8Array;
}

/** A pair's pixels. */
export interface LoadedPair {
  /** What a method sees: 0 in the hole. */
  readonly damaged: DamagedImage;
  /** rgb255 `[height, width, 3]`. */
  readonly truth: Uint8Array;
}

/** Reads a mask file, white = hole. */
export async function readMask(path: string): Promise<HoleMask> {
  return readHoleMask(await decodeImage(await Deno.readFile(path), { name: path }));
}

/** A pair whose mask is resized to the image, nearest pixel. */
export function filePair(imagePath: string, maskName: string, mask: HoleMask): Pair {
  return {
    imagePath,
    maskName,
    makeHoleMask: (size) => resizeHoleMask(mask.holeMask, mask, size),
  };
}

/** A pair whose mask is generated at the size of the image, with a hole ratio within a bin. */
export function generatedPair(imagePath: string, bin: number, seeds: readonly number[]): Pair {
  const ratio = HOLE_BINS[bin]!;
  return {
    imagePath,
    maskName: `generated ${seeds.join(".")}`,
    makeHoleMask: (size) => generateHoleMask(createRandom(...seeds), { ...size, ratio }),
  };
}

/** Decodes the image at its own size and takes the hole pixels away, so that no method can see them. */
export async function loadPair({ imagePath, makeHoleMask }: Pair): Promise<LoadedPair> {
  const { width, height, rgba } = await decodeImage(await Deno.readFile(imagePath), {
    name: imagePath,
  });
  const holeMask = makeHoleMask({ width, height });
  const truth = new Uint8Array(width * height * 3);
  const rgb255 = new Uint8Array(width * height * 3);
  for (let i = 0; i < holeMask.length; i++) {
    for (let c = 0; c < 3; c++) {
      truth[i * 3 + c] = rgba[i * 4 + c]!;
      if (holeMask[i] === 0) rgb255[i * 3 + c] = rgba[i * 4 + c]!;
    }
  }
  return { damaged: { width, height, rgb255, holeMask }, truth };
}
