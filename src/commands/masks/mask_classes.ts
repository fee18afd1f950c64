/**
 * The classes of masks that `pconv masks generate` fills: ranges of the hole ratio, and border or no border.
 * @module
 */
import { generateHoleMask } from "../../data/mask_generator.ts";
import { InputError, UsageError } from "../../errors.ts";
import {
  borderMargin,
  HOLE_BINS,
  type HoleBin,
  holeBin,
  holeBinName,
} from "../../metrics/hole_bin.ts";
import { createRandom } from "../../random.ts";

/** Where holes may lie: "free" keeps them from the border, "touching" does not, "any" leaves it to chance. */
export type BorderRule = "any" | "free" | "touching";

/** What the masks of one class have in common. */
export interface MaskClass {
  /** Bounds of the share of hole pixels. */
  readonly ratio: readonly [low: number, high: number];
  /** Index into `HOLE_BINS`, if the class is one of the paper's bins. */
  readonly bin?: number;
  readonly border: BorderRule;
  /** Sub-folder of its masks; "" if there is one class only. */
  readonly folder: string;
}

/** What the classes are made from. */
export interface MaskClassRequest {
  /** True takes the paper's six bins instead of `ratio`. */
  readonly bins: boolean;
  readonly ratio: readonly [low: number, high: number];
  /** "both" makes a class "free" and a class "touching" of each. */
  readonly border: BorderRule | "both";
}

/** Pixels of a mask. */
export interface MaskClassSize {
  readonly width: number;
  readonly height: number;
}

/** A mask with what was measured on it. */
export interface ClassifiedMask {
  /** `[height, width]`, row-major, 1 = hole. */
  readonly holeMask: Uint8Array;
  readonly measured: HoleBin;
}

/** Nearly every mask fits at once; so many misses mean that none ever will. */
const ATTEMPTS = 50;

/** Lists the classes in the order in which masks cycle through them. */
export function maskClasses({ bins, ratio, border }: MaskClassRequest): readonly MaskClass[] {
  const ratios = bins
    ? HOLE_BINS.map((range, bin) => ({ ratio: range, bin, name: `ratio-${percents(range)}` }))
    : [{ ratio, name: "" }];
  const borders: readonly BorderRule[] = border === "both" ? ["free", "touching"] : [border];
  return ratios.flatMap(({ name, ...range }) =>
    borders.map((rule) => ({
      ...range,
      border: rule,
      folder: [name, ...borders.length > 1 ? [rule] : []].filter(Boolean).join("-"),
    }))
  );
}

/**
 * Refuses a class that no mask of that size can be in.
 *
 * @throws {UsageError} If no whole number of hole pixels is within the ratio, or there is no room for them away
 * from the border.
 */
export function checkMaskClass(maskClass: MaskClass, { width, height }: MaskClassSize): void {
  const { ratio: [low, high], border } = maskClass;
  const area = width * height;
  const margin = border === "free" ? borderMargin({ width, height }) : 0;
  const room = Math.max(0, width - 2 * margin) * Math.max(0, height - 2 * margin);
  const most = Math.min(room, area - 1, low < high ? Math.floor(high * area) : area);
  const least = Math.max(1, low < high ? Math.floor(low * area) + 1 : Math.round(low * area));
  if (least <= most) return;
  const what = `Cannot make masks of ${width}x${height} with a hole ratio in (${low}, ${high}]`;
  throw new UsageError(
    room < least
      ? `${what} and --border free: at most ${(100 * room / area).toFixed(1)} % lie ${margin} px ` +
        "from the border"
      : `${what}: no whole number of pixels is in it`,
  );
}

/**
 * Makes mask `index` of a seed in a class. The first try is `generateHoleMask` with `(seed, index)`, as in training.
 *
 * @param name What the mask will be called, for the message.
 * @throws {InputError} If no try is in the class.
 */
export function makeMaskOfClass(
  maskClass: MaskClass,
  size: MaskClassSize & { readonly seed: number; readonly index: number; readonly name: string },
): ClassifiedMask {
  const { width, height, seed, index, name } = size;
  const { ratio, border } = maskClass;
  const margin = border === "free" ? borderMargin(size) : 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = createRandom(seed, index, ...attempt === 0 ? [] : [attempt]);
    const holeMask = generateHoleMask(random, {
      width,
      height,
      ratio,
      ...(border === "any" ? {} : { margin }),
    });
    const measured = holeBin(holeMask, { width, height });
    if (isIn(maskClass, measured, 0.5 / holeMask.length)) return { holeMask, measured };
  }
  const bin = maskClass.bin === undefined
    ? `(${ratio[0]}, ${ratio[1]}]`
    : holeBinName(maskClass.bin);
  throw new InputError(
    `Cannot make mask "${name}": none of ${ATTEMPTS} tries has a hole ratio in ${bin}` +
      (border === "any" ? "" : ` and is ${border === "free" ? "free of" : "touching"} the border`),
    { hint: "Use a larger --size or another --seed" },
  );
}

/** @param half Half of a pixel's share: what a single ratio cannot be met closer than. */
function isIn(
  { ratio: [low, high], bin, border }: MaskClass,
  found: HoleBin,
  half: number,
): boolean {
  const isInRatio = bin !== undefined
    ? found.bin === bin
    : low < high
    ? found.ratio > low && found.ratio <= high
    : Math.abs(found.ratio - low) <= half;
  return isInRatio && (border === "any" || found.border === (border === "free" ? "N" : "B"));
}

/** "01-10" of [0.01, 0.1], so that folders sort by ratio. */
function percents(range: readonly [number, number]): string {
  return range.map((value) => String(Math.round(100 * value)).padStart(2, "0")).join("-");
}
