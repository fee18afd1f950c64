/**
 * Finds the hole of each picture of a run, and keeps the count of those that have none.
 * @module
 */
import { resolve, sep } from "node:path";
import type { ListedImage } from "../../data/list_images.ts";
import { stemOf } from "../../data/stem_of.ts";
import { InputError } from "../../errors.ts";
import { nameSome } from "./name_some.ts";
import { openMaskIndex } from "./mask_index.ts";
import type { HoleSources } from "./mask_source.ts";

/** What is done with a picture that has no mask. */
export type MissingMask = "fail" | "skip" | "copy";

/** Where holes come from, in a run. */
export interface HoleFinderOptions {
  /** What is done, for messages. */
  readonly verb: "inpaint" | "enlarge";
  /** Path of a file or a folder, "alpha", or undefined for none. */
  readonly mask: string | undefined;
  /** True if the mask is a folder. */
  readonly isFolder: boolean;
  /** What is hole in every picture besides. */
  readonly more: HoleSources;
  readonly missingMask: MissingMask;
}

/** The hole of one result. */
export interface FoundHole {
  /** Path below the folder of results, without the extension. */
  readonly stem: string;
  readonly sources: HoleSources | InputError;
}

/** Finds holes. */
export interface HoleFinder {
  /** All mask files that it knows, whether a picture comes for them or not. */
  readonly files: readonly string[];
  /**
   * Finds the hole of a picture.
   *
   * @returns One for each result: several if the picture has numbered masks, none if it is to be left out.
   */
  find(picture: ListedImage): readonly FoundHole[];
  /** What was left out or copied, and masks that belong to no picture; asked for at the end. */
  summarise(asked: SummaryOptions): { readonly warnings: string[]; readonly notes: string[] };
}

/** What {@linkcode HoleFinder.summarise} looks at. */
export interface SummaryOptions {
  /** All pictures of the run; looked at for masks that belong to none. */
  readonly pictures: readonly ListedImage[];
  /** Folder of results, which may lie among the masks. */
  readonly output: string | undefined;
  /** False if single files were named, of which nobody expects that they use all masks. */
  readonly isWhole: boolean;
}

/**
 * Opens a finder, and lists the folder of masks if there is one.
 *
 * @throws {InputError} If it cannot be read.
 */
export async function openHoleFinder(options: HoleFinderOptions): Promise<HoleFinder> {
  const { verb, mask, isFolder, more, missingMask } = options;
  const index = isFolder ? await openMaskIndex(mask!) : undefined;
  const missing: string[] = [];
  let asked = 0;

  const fileOf = (path: string, picture: ListedImage): HoleSources | InputError =>
    resolve(path) === resolve(picture.path)
      ? new InputError(`Cannot ${verb} "${picture.path}": its mask is the picture itself`)
      : [{ kind: "file", path }, ...more];

  return {
    files: index?.files ?? (mask === undefined || mask === "alpha" ? [] : [mask]),
    find(picture) {
      asked += 1;
      const stem = stemOf(picture.relative);
      if (index === undefined) {
        if (mask === undefined) return [{ stem, sources: more }];
        if (mask === "alpha") return [{ stem, sources: [{ kind: "alpha" }, ...more] }];
        return [{ stem, sources: fileOf(mask, picture) }];
      }
      const found = index.find(picture);
      switch (found.kind) {
        case "one":
          return [{ stem, sources: fileOf(found.path, picture) }];
        case "several":
          return found.masks.map((one) => ({
            stem: one.stem,
            sources: fileOf(one.path, picture),
          }));
        case "ambiguous": {
          const sources = new InputError(
            `Cannot ${verb} "${picture.path}": "${mask}" holds ${found.count} masks "${stem}", must be one`,
          );
          return [{ stem, sources }];
        }
        case "none": {
          missing.push(picture.path);
          if (missingMask === "skip") return [];
          if (missingMask === "copy") return [{ stem, sources: more }];
          const sources = new InputError(
            `Cannot ${verb} "${picture.path}": "${mask}" holds no mask "${stem}" of any image format`,
          );
          return [{ stem, sources }];
        }
      }
    },
    summarise({ pictures, output, isWhole }) {
      const warnings: string[] = [];
      const notes: string[] = [];
      if (missing.length > 0 && missingMask !== "fail") {
        const verbs = missingMask === "skip" ? "left out" : "taken as they are";
        notes.push(
          `${missing.length} of ${asked} images have no mask and are ${verbs}: ` +
            nameSome(missing),
        );
      }
      if (index !== undefined && isWhole) {
        const without = output === undefined ? [] : [resolve(output) + sep];
        const { all, orphans } = index.listOrphans(pictures, without);
        if (orphans.length > 0) {
          warnings.push(
            `${orphans.length} of ${all} masks in "${mask}" belong to no image: ` +
              nameSome(orphans.map(({ relative }) => relative)),
          );
        }
      }
      return { warnings, notes };
    },
  };
}
