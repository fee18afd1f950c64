/**
 * A folder of another program's results.
 * @module
 */
import { createHash } from "node:crypto";
import { type ListedImage, listImages } from "../../data/list_images.ts";
import { readImageFile } from "../../data/read_image_file.ts";
import { stemOf } from "../../data/stem_of.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { InputError } from "../../errors.ts";
import type { ExternalResult } from "../../methods/external.ts";

/** Results by the stem of what they are of. */
export interface ResultFolder {
  readonly folder: string;
  /** SHA-256 of names and sizes of all files: changes if results are made anew, but for an unlikely case. */
  readonly identity: string;
  /** Changes also if a file was written again: with another time, its content may be another. */
  readonly stamp: string;
  /** Relative paths without the extension of all files, sorted. */
  readonly stems: readonly string[];
  /** Folders that could not be read. */
  readonly problems: readonly string[];
  /**
   * Reads the result of the first of these stems that has one; transparency is left out.
   *
   * @throws {InputError} If there is none, several of one stem, or it cannot be read.
   */
  read(...stems: readonly string[]): Promise<ExternalResult>;
}

/** Lists a folder of results. @throws {InputError} If it cannot be read. */
export async function openResultFolder(folder: string): Promise<ResultFolder> {
  const { images, problems } = await listImages(folder);
  const byStem = new Map<string, string[]>();
  for (const { path, relative } of images) {
    const stem = stemOf(relative);
    byStem.set(stem, [...byStem.get(stem) ?? [], path]);
  }
  return {
    folder,
    ...await hashesOf(images),
    problems,
    stems: [...byStem.keys()],
    async read(...stems) {
      const stem = stems.find((name) => byStem.has(name));
      if (stem === undefined) {
        throw new InputError(
          `Cannot find a result "${stems[0]}" of any image format in "${folder}"`,
        );
      }
      const paths = byStem.get(stem)!;
      if (paths.length > 1) {
        throw new InputError(
          `Cannot choose a result "${stem}": "${folder}" holds ${paths.length}, must be one`,
        );
      }
      const { width, height, rgba } = await readImageFile(paths[0]!);
      return { path: paths[0]!, width, height, rgb255: withoutAlpha(rgba) };
    },
  };
}

/** Hashes of all names with sizes, and of these with times. */
async function hashesOf(
  images: readonly ListedImage[],
): Promise<Pick<ResultFolder, "identity" | "stamp">> {
  const [identity, stamp] = [createHash("sha256"), createHash("sha256")];
  for (const { path, relative } of images) {
    const info = await Deno.stat(path).catch(() => undefined);
    const size = info?.size ?? -1;
    identity.update(`${relative}\n${size}\n`);
    stamp.update(`${relative}\n${size} ${info?.mtime?.getTime()}\n`);
  }
  return { identity: identity.digest("hex"), stamp: stamp.digest("hex") };
}
