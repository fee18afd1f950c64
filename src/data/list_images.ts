/**
 * Finding the image files of a folder.
 * @module
 */
import { join, sep } from "node:path";
import { InputError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";

/** One image file. */
export interface ListedImage {
  /** `root` joined with {@linkcode ListedImage.relative}. */
  readonly path: string;
  /** Path below the root, with `/` on every system. */
  readonly relative: string;
}

/** What {@linkcode listImages} found. */
export interface ImageList {
  /** Sorted by `relative` in code-unit order. */
  readonly images: readonly ListedImage[];
  /** One sentence for each folder or link that could not be read; sorted. */
  readonly problems: readonly string[];
  /** Pictures by their names that are of a kind which is not read; sorted. */
  readonly unread: readonly string[];
}

/** Options of {@linkcode listImages}. */
export interface ListImagesOptions {
  /**
   * True looks into sub-folders too.
   * @default true
   */
  readonly recursive?: boolean;
}

const EXTENSION = /\.(png|jpe?g|jpe|jfif|webp|gif|tiff?|avif|bmp)$/i;

/** Endings of pictures that are not read. */
const UNREAD = /\.(heic|heif|jxl|jp2|psd|dng|cr2|cr3|nef|arw|orf|rw2|raf)$/i;

/** True if a name ends as an image's: see {@linkcode listImages}. */
export function isImageName(name: string): boolean {
  return EXTENSION.test(name);
}

/**
 * Lists the images of a folder by their extension: png, jpg, jpeg, webp, gif, tif, tiff, avif, bmp
 * in any case. The order does not depend on the file system.
 *
 * Names that start with a dot are ignored, and so is what is no regular file. Links are followed; a folder
 * that is reachable by several ways is listed once, by its own path if it lies below the root, and a link
 * to a folder that contains the root is skipped.
 *
 * @throws {InputError} If `root` is missing, no folder, or cannot be read. Trouble further down goes to
 * `problems`.
 */
export async function listImages(
  root: string,
  options: ListImagesOptions = {},
): Promise<ImageList> {
  const { recursive = true } = options;
  const images: ListedImage[] = [];
  const unread: string[] = [];
  const problems: string[] = [];
  const visited = new Set<string>();
  let realRoot = "";
  const linkedFolders: string[] = [];

  const pathOf = (relative: string) => relative === "" ? root : join(root, relative);
  const note = (relative: string, error: unknown) =>
    problems.push(`Cannot read ${JSON.stringify(pathOf(relative))}: ${reasonOf(error)}`);

  const visitEntry = async (relative: string, entry: Deno.DirEntry) => {
    let { isFile, isDirectory } = entry;
    if (entry.isSymlink) {
      try {
        ({ isFile, isDirectory } = await Deno.stat(pathOf(relative)));
      } catch (error) {
        note(relative, error);
        return;
      }
    }
    if (isFile && isImageName(entry.name)) images.push({ path: pathOf(relative), relative });
    if (isFile && UNREAD.test(entry.name)) unread.push(relative);
    if (!isDirectory || !recursive) return;
    // Linked folders wait until the end, so that a folder below the root is met by its own path.
    if (entry.isSymlink) linkedFolders.push(relative);
    else await visitFolder(relative).catch((error) => note(relative, error));
  };
  const visitFolder = async (relative: string) => {
    const real = await Deno.realPath(pathOf(relative));
    if (relative === "") realRoot = real;
    // A link to a folder above the root would list everything beside the root as well.
    else if (realRoot.startsWith(real.endsWith(sep) ? real : real + sep)) return;
    if (visited.has(real)) return;
    visited.add(real);
    const entries = await Array.fromAsync(Deno.readDir(real));
    for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
      if (entry.name.startsWith(".")) continue;
      await visitEntry(relative === "" ? entry.name : `${relative}/${entry.name}`, entry);
    }
  };

  try {
    await visitFolder("");
  } catch (cause) {
    throw new InputError(`Cannot list images in ${JSON.stringify(root)}: ${reasonOf(cause)}`, {
      cause,
    });
  }
  while (linkedFolders.length > 0) {
    const relative = linkedFolders.sort(compare).shift()!;
    await visitFolder(relative).catch((error) => note(relative, error));
  }
  images.sort((a, b) => compare(a.relative, b.relative));
  return { images, problems: problems.sort(compare), unread: unread.sort(compare) };
}

/** Order of UTF-16 code units, the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
