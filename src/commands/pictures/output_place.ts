/**
 * Under which name and in which format a result is written.
 * @module
 */
import { extname } from "node:path";
import type { DecodedImage } from "../../data/decode_image.ts";
import type { OutputFormat } from "../../data/encode_image.ts";
import { placeOf } from "./canonical_path.ts";
import { OccupiedError } from "./occupied_error.ts";

/** Where a result goes. */
export type OutputTarget =
  | { readonly kind: "stdout" }
  /** A path as the user wrote it. */
  | { readonly kind: "file"; readonly path: string }
  /** A path in a folder; the extension follows the format. */
  | { readonly kind: "stem"; readonly path: string; readonly extension: string }
  /** A file of an archive that goes to standard output; the extension follows the format. */
  | {
    readonly kind: "member";
    readonly path: string;
    readonly extension: string;
    readonly add: (name: string, bytes: Uint8Array) => Promise<void>;
  };

const EXTENSIONS: Readonly<Record<string, OutputFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
  ".avif": "avif",
  ".tif": "tiff",
  ".tiff": "tiff",
};

/** The format that a file name asks for. Undefined if it asks for none that can be written. */
export function formatOfName(path: string): OutputFormat | undefined {
  return EXTENSIONS[extname(path).toLowerCase()];
}

/** File extension of a format, with the dot. */
export function extensionOf(format: OutputFormat): string {
  return format === "jpeg" ? ".jpg" : format === "tiff" ? ".tif" : `.${format}`;
}

/**
 * Format of a result: the one that was asked for, the one that its name says, or the input's.
 *
 * @param input Format of the picture that was read.
 */
export function chooseFormat(
  target: OutputTarget,
  asked: OutputFormat | undefined,
  input: DecodedImage["format"],
): OutputFormat {
  const named = target.kind === "file" ? formatOfName(target.path) : undefined;
  // GIF is read but not written: its 256 colours could not hold the result. Nor is BMP, which nobody should want.
  return asked ?? named ?? (input === "gif" || input === "bmp" ? "png" : input);
}

/**
 * Path of a result, or its name in the archive.
 *
 * @param input Format of the picture that was read.
 * @returns Undefined for standard output.
 */
export function outputPath(
  target: OutputTarget,
  format: OutputFormat,
  input: DecodedImage["format"],
): string | undefined {
  if (target.kind === "stdout") return undefined;
  if (target.kind === "file") return target.path;
  // The name keeps its own spelling (.JPG, .jpeg) as long as the format stays.
  const isSame = format === input && formatOfName(`x${target.extension}`) === format;
  return target.path + (isSame ? target.extension : extensionOf(format));
}

/** What may not be replaced. */
export interface OccupiedPlaces {
  /** Places of inputs, masks and results of this run, as `placeOf` gives them. */
  readonly taken: ReadonlySet<string>;
  /** True lets other files be replaced. */
  readonly overwrite: boolean;
}

/**
 * Refuses a path that was given or written in this run, or that exists.
 *
 * @throws {InputError} If nothing may be written there.
 */
export async function checkPlace(
  path: string,
  { taken, overwrite }: OccupiedPlaces,
): Promise<void> {
  // The plan has looked at names; a file whose name lies about its format is found out only here.
  if (taken.has(placeOf(path))) {
    throw new OccupiedError(
      `Cannot write ${JSON.stringify(path)}: it is an input, a mask or a result of this run`,
    );
  }
  if (overwrite || !await exists(path)) return;
  throw new OccupiedError(`Cannot write ${JSON.stringify(path)}: it exists`, {
    hint: "Give --overwrite to replace it",
  });
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
