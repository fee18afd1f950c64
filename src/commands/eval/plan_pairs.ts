/**
 * Which pairs an evaluation is made of, decided before any work.
 * @module
 */
import type { ListedImage } from "../../data/list_images.ts";
import { pairMasks } from "../../data/pair_masks.ts";
import { stemOf } from "../../data/stem_of.ts";
import { dealClasses, dealMasks } from "../../evaluation/deal_pairs.ts";
import { InputError } from "../../errors.ts";
import { type MaskClass, maskClasses } from "../masks/mask_classes.ts";

/** A mask that is made for its image, as `pconv masks generate --bins --border both` would. */
export interface GeneratedMask {
  /** "generated", seed and index, and the class. */
  readonly name: string;
  readonly seed: number;
  readonly index: number;
  readonly maskClass: MaskClass;
}

/** One image and one mask. */
export interface PlannedPair {
  /** Number in the whole plan, from 0. */
  readonly index: number;
  /**
   * What its files are called, no two alike: five digits, "generated-" and five digits, or the mask's relative path
   * without extension if names pair.
   */
  readonly stem: string;
  /** Other names under which results may be found. */
  readonly aliases: readonly string[];
  readonly image: ListedImage;
  readonly mask: ListedImage | GeneratedMask;
}

/** Options of {@linkcode planPairs}. */
export interface PlanPairsOptions {
  readonly images: readonly ListedImage[];
  /** None if masks are generated. */
  readonly masks: readonly ListedImage[];
  readonly pairing: "seed" | "name";
  /** Pairs with mask files. @default as many as the longer list, each file once or more */
  readonly pairs: number | undefined;
  /** Pairs with generated masks. @default 0 with masks; without, at least one of each class and image */
  readonly generate: number | undefined;
  readonly seed: number;
}

/** What {@linkcode planPairs} returns. */
export interface PairPlan {
  readonly pairs: readonly PlannedPair[];
  /** Images and masks without a counterpart, a sentence each. */
  readonly problems: readonly string[];
}

/** The paper's twelve classes, in the order in which generated masks go through them. */
const CLASSES = maskClasses({ bins: true, border: "both", ratio: [0, 1] });

/**
 * Pairs images with mask files by seed or name, then with generated masks.
 *
 * @throws {InputError} If no pair comes about, or more are asked for than there are.
 */
export function planPairs(options: PlanPairsOptions): PairPlan {
  const { images, masks, pairing, seed } = options;
  if (images.length === 0) throw new InputError("Cannot evaluate: there are no images");
  const problems: string[] = [];
  const dealt = masks.length === 0
    ? []
    : pairing === "name"
    ? pairByName(options, problems)
    : dealFiles(options);
  const usual = masks.length > 0 ? 0 : Math.max(images.length, CLASSES.length);
  const generated = dealClasses({
    images: images.length,
    classes: CLASSES.length,
    pairs: options.generate ?? usual,
    seed,
  }).map(({ image, class: drawn }, index): PlannedPair => {
    const maskClass = CLASSES[drawn]!;
    const name = `generated ${seed}.${index} ${maskClass.folder}`;
    return {
      index: dealt.length + index,
      stem: `generated-${numberStem(index)}`,
      aliases: [],
      image: images[image]!,
      mask: { name, seed, index, maskClass },
    };
  });
  const pairs = [...dealt, ...generated];
  if (pairs.length === 0) {
    throw new InputError("Cannot evaluate: no image and mask belong together", {
      hint: "Give --pairing seed to deal masks to images whatever their names",
    });
  }
  return { pairs, problems };
}

function dealFiles({ images, masks, pairs, seed }: PlanPairsOptions): PlannedPair[] {
  const count = pairs ?? Math.max(images.length, masks.length);
  const most = images.length * masks.length;
  if (count > most) {
    throw new InputError(
      `Cannot deal ${count} pairs: ${images.length} images and ${masks.length} masks make ${most}`,
    );
  }
  const sizes = { images: images.length, masks: masks.length };
  return dealMasks({ ...sizes, pairs: count, seed }).map(({ image, mask }, index) => ({
    index,
    stem: numberStem(index),
    aliases: [],
    image: images[image]!,
    mask: masks[mask]!,
  }));
}

function pairByName(
  { images, masks, pairs = Infinity }: PlanPairsOptions,
  problems: string[],
): PlannedPair[] {
  const { imagesOf, imagesWithoutMask } = pairMasks(masks, images);
  for (const { path } of imagesWithoutMask) {
    problems.push(`Cannot evaluate image "${path}": there is no mask of its name`);
  }
  const found: Omit<PlannedPair, "index">[] = [];
  const taken = new Set<string>();
  for (const mask of masks) {
    const partners = imagesOf.get(mask.path) ?? [];
    if (partners.length === 0) {
      problems.push(`Cannot evaluate mask "${mask.path}": there is no image of its name`);
    } else if (partners.length > 1) {
      const paths = partners.map(({ path }) => `"${path}"`).join(" and ");
      problems.push(`Cannot evaluate mask "${mask.path}": it has the name of ${paths}`);
    } else if (taken.has(stemOf(mask.relative))) {
      problems.push(`Cannot evaluate mask "${mask.path}": another mask has its name`);
    } else {
      taken.add(stemOf(mask.relative));
      found.push({ stem: stemOf(mask.relative), aliases: [], image: partners[0]!, mask });
    }
  }
  // A result may have its image's name unless several masks share it.
  const uses = Map.groupBy(found, ({ image }) => image);
  const named = found.map((pair) =>
    uses.get(pair.image)!.length === 1 ? { ...pair, aliases: [stemOf(pair.image.relative)] } : pair
  );
  return named.slice(0, pairs).map((pair, index) => ({ ...pair, index }));
}

function numberStem(index: number): string {
  return String(index).padStart(5, "0");
}
