/**
 * Hole masks of training crops from a folder of mask files.
 * @module
 */
import { InputError } from "../errors.ts";
import type { Random } from "../random.ts";
import type { MaskFolder } from "./mask_folder.ts";
import { type RawMask, readRawMask } from "./raw_mask.ts";
import { rawMaskCropper } from "./raw_mask_crop.ts";

/** Options of {@linkcode createMaskSource}. */
export interface MaskSourceOptions {
  readonly folder: MaskFolder;
  /** Side of the hole masks in pixels. */
  readonly size: number;
  /**
   * Bounds `(low, high]` of the share of hole pixels.
   * @default [0.01, 0.6]
   */
  readonly ratio?: readonly [low: number, high: number];
  /** Bytes of raw masks that are kept; a mask of 512x512 takes 32 KiB. */
  readonly cacheBytes: number;
  /** Told once of every file that cannot be read; another one takes its place. */
  readonly onBadMask: (path: string, message: string) => void;
  /** Told whenever no try met the bounds and the nearest one is used. */
  readonly onMiss?: (share: number) => void;
  /**
   * Reads and binarises one file.
   * @default From the disk
   */
  readonly read?: (path: string) => Promise<RawMask>;
}

/** Files that are tried for one hole mask, and crops of each. */
const FILES = 8;
const CROPS = 4;

/**
 * Makes a function that draws hole masks: a file with equal chances, then {@linkcode rawMaskCropper}. A crop outside of
 * the ratio bounds is drawn again, four times from each of eight files; if none is inside, the nearest is used, since a
 * rare one must not end a run of hours. A mask is never all hole and never without a hole.
 *
 * The result depends on the random numbers and the files alone. The function throws {@linkcode InputError} if no file
 * can be read, or if no try gives a mask with a hole and a known pixel.
 */
export function createMaskSource(
  options: MaskSourceOptions,
): (random: Random) => Promise<Uint8Array<ArrayBuffer>> {
  const { folder, size, ratio: [low, high] = [0.01, 0.6], onBadMask, onMiss } = options;
  const { files, dilate } = folder;
  const load = options.read ?? ((path) => readRawMask(path, folder.polarity));
  const kept = new Map<string, RawMask>();
  let used = 0;
  const bad = new Set<number>();

  async function read(path: string): Promise<RawMask> {
    const hit = kept.get(path);
    if (hit !== undefined) return hit;
    const mask = await load(path);
    // As in the image cache: what is in stays in, or every pass would find nothing.
    if (used + mask.bits.length <= options.cacheBytes) {
      kept.set(path, mask);
      used += mask.bits.length;
    }
    return mask;
  }

  /** The file itself, or the next readable one. */
  async function readFrom(index: number): Promise<RawMask> {
    let last = "";
    for (let step = 0; step < files.length; step++) {
      const at = (index + step) % files.length;
      if (bad.has(at)) continue;
      try {
        return await read(files[at]!);
      } catch (error) {
        bad.add(at);
        last = error instanceof Error ? error.message : String(error);
        onBadMask(files[at]!, last);
      }
    }
    const detail = last === "" ? "" : `, the last one with: ${last}`;
    throw new InputError(
      `Cannot read any of the ${files.length} masks in "${folder.folder}"${detail}`,
    );
  }

  return async (random) => {
    const area = size * size;
    let nearest: { holeMask: Uint8Array<ArrayBuffer>; share: number; distance: number } | undefined;
    for (let file = 0; file < FILES; file++) {
      const mask = await readFrom(random.integer(0, files.length - 1));
      const crop = rawMaskCropper(mask, { size, dilate });
      for (let i = 0; i < CROPS; i++) {
        const holeMask = crop(random);
        const holes = holeMask.reduce((sum, value) => sum + value, 0);
        if (holes === 0 || holes === area) continue;
        const share = holes / area;
        if (share > low && share <= high) return holeMask;
        const distance = share > high ? share - high : low - share;
        if (nearest === undefined || distance < nearest.distance) {
          nearest = { holeMask, share, distance };
        }
      }
    }
    if (nearest === undefined) {
      throw new InputError(
        `Cannot make masks from "${folder.folder}": ${FILES * CROPS} tries gave all hole or no ` +
          `hole, where ${folder.polarity} is the hole`,
        { hint: "Say with --mask-polarity which colour is the hole, or use other masks" },
      );
    }
    onMiss?.(nearest.share);
    return nearest.holeMask;
  };
}
