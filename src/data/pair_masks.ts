/**
 * Which mask belongs to which photograph, by name.
 * @module
 */
import type { ListedImage } from "./list_images.ts";
import { stemOf } from "./stem_of.ts";

/** What {@linkcode pairMasks} finds. */
export interface MaskPairs {
  /** Images by the path of their mask; several if names differ in the extension alone, none for an orphan. */
  readonly imagesOf: ReadonlyMap<string, readonly ListedImage[]>;
  /** Images that no mask belongs to, in their order. */
  readonly imagesWithoutMask: readonly ListedImage[];
}

/** End of a mask's name in LaMa's data sets: "a_mask000.png" belongs to "a.png". */
const LAMA_SUFFIX = /_mask\d*$/;

/** Cuts LaMa's suffix off the stem of a mask: "sub/a_mask000" becomes "sub/a"; other stems stay as they are. */
export function unnumberedStem(stem: string): string {
  return stem.replace(LAMA_SUFFIX, "");
}

/** True if a file name says that it is a mask, as in LaMa's data sets: "sub/a_mask000.png". */
export function isNamedMask(relative: string): boolean {
  return LAMA_SUFFIX.test(stemOf(relative));
}

/**
 * Pairs masks with images of the same relative path and stem, whatever the extension; or of the stem without
 * LaMa's "_mask000", so that one image may have several masks.
 */
export function pairMasks(
  masks: readonly ListedImage[],
  images: readonly ListedImage[],
): MaskPairs {
  const byStem = new Map<string, ListedImage[]>();
  for (const image of images) {
    const stem = stemOf(image.relative);
    byStem.set(stem, [...byStem.get(stem) ?? [], image]);
  }
  const imagesOf = new Map<string, readonly ListedImage[]>();
  const paired = new Set<ListedImage>();
  for (const { path, relative } of masks) {
    const stem = stemOf(relative);
    const found = byStem.get(stem) ?? byStem.get(unnumberedStem(stem)) ?? [];
    imagesOf.set(path, found);
    for (const image of found) paired.add(image);
  }
  return { imagesOf, imagesWithoutMask: images.filter((image) => !paired.has(image)) };
}
