/**
 * The masks of a folder, found by the names of their pictures.
 * @module
 */
import { resolve } from "node:path";
import { type ListedImage, listImages } from "../../data/list_images.ts";
import { unnumberedStem } from "../../data/pair_masks.ts";
import { stemOf } from "../../data/stem_of.ts";

/** What a folder holds for one picture. */
export type FoundMasks =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly path: string }
  /** LaMa's numbered masks, each for a result of its own; the stem is the mask's. */
  | { readonly kind: "several"; readonly masks: readonly { path: string; stem: string }[] }
  /** Names that differ in their ending alone, or a mask of the picture's name beside numbered ones. */
  | { readonly kind: "ambiguous"; readonly count: number };

/** The masks of a folder. */
export interface MaskIndex {
  /** Paths of all images in it, in the order of their names. */
  readonly files: readonly string[];
  /**
   * Finds the masks of a picture: those of the same relative path and stem, whatever the extension, or of the stem
   * with LaMa's "_mask" or "_mask000". The picture itself is none of them if there is another.
   */
  find(picture: ListedImage): FoundMasks;
  /** Masks, without those that are pictures themselves or lie below one of these resolved folders. */
  listOrphans(pictures: readonly ListedImage[], without: readonly string[]): {
    readonly all: number;
    readonly orphans: readonly ListedImage[];
  };
}

/**
 * Lists a folder of masks, with what lies below it.
 *
 * @throws {InputError} If it cannot be read.
 */
export async function openMaskIndex(folder: string): Promise<MaskIndex> {
  const { images } = await listImages(folder, { recursive: true });
  const named = new Map<string, ListedImage[]>();
  const numbered = new Map<string, ListedImage[]>();
  for (const image of images) {
    const stem = stemOf(image.relative);
    add(named, stem, image);
    const base = unnumberedStem(stem);
    if (base !== stem) add(numbered, base, image);
  }
  const used = new Set<string>();

  /** The picture itself is its own mask only if there is no other; then it is told that this cannot be. */
  function masksOf({ path, relative }: ListedImage): readonly ListedImage[] {
    const stem = stemOf(relative);
    const all = [...named.get(stem) ?? [], ...numbered.get(stem) ?? []];
    const others = all.filter((mask) => resolve(mask.path) !== resolve(path));
    return others.length > 0 ? others : all;
  }

  return {
    files: images.map(({ path }) => path),
    find(picture) {
      const masks = masksOf(picture);
      for (const { path } of masks) used.add(path);
      if (masks.length === 0) return { kind: "none" };
      if (masks.length === 1) return { kind: "one", path: masks[0]!.path };
      const stems = masks.map(({ relative }) => stemOf(relative));
      const isAmbiguous = stems.includes(stemOf(picture.relative)) ||
        new Set(stems).size < stems.length;
      if (isAmbiguous) return { kind: "ambiguous", count: masks.length };
      return { kind: "several", masks: masks.map(({ path }, i) => ({ path, stem: stems[i]! })) };
    },
    listOrphans(pictures, without) {
      const seen = new Set(pictures.map(({ path }) => resolve(path)));
      const masks = images.filter(({ path }) =>
        !seen.has(resolve(path)) && !without.some((folder) => resolve(path).startsWith(folder))
      );
      return { all: masks.length, orphans: masks.filter(({ path }) => !used.has(path)) };
    },
  };
}

function add(map: Map<string, ListedImage[]>, key: string, image: ListedImage): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [image]);
  else list.push(image);
}
