/**
 * Which file is filled with which mask and goes where, decided before any work.
 * @module
 */
import { basename, extname, join, resolve, sep } from "node:path";
import type { OutputFormat } from "../../data/encode_image.ts";
import { listImages } from "../../data/list_images.ts";
import { InputError, UsageError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";

/** "-" as input or output. */
export const STANDARD_STREAM = "-";

/** One picture to fill. */
export interface InpaintJob {
  /** Path, or "-". */
  readonly input: string;
  /** Path below the folder that was given, or the file's name, without the extension. */
  readonly stem: string;
  /** Path, "alpha" for the picture's own transparency, or an error if no mask was found. */
  readonly mask: string | "alpha" | InputError;
  /** Path without the extension if the format is to follow the input's, or "-". */
  readonly output: OutputTarget;
}

/** Where a result goes. */
export type OutputTarget =
  | { readonly kind: "stdout" }
  /** A path as the user wrote it. */
  | { readonly kind: "file"; readonly path: string }
  /** A path in a folder; the extension follows the format. */
  | { readonly kind: "stem"; readonly path: string; readonly extension: string };

/** What {@linkcode planInpaint} returns. */
export interface InpaintPlan {
  readonly jobs: readonly InpaintJob[];
  /** Folders that could not be read. */
  readonly problems: readonly string[];
}

/** What was asked for. */
export interface InpaintRequest {
  readonly inputs: readonly string[];
  readonly mask: string;
  readonly output: string | undefined;
  readonly format: OutputFormat | undefined;
}

const EXTENSIONS: Readonly<Record<string, OutputFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
};

/** The format that a file name asks for. Undefined if it asks for none that can be written. */
export function formatOfName(path: string): OutputFormat | undefined {
  return EXTENSIONS[extname(path).toLowerCase()];
}

/** File extension of a format, with the dot. */
export function extensionOf(format: OutputFormat): string {
  return format === "jpeg" ? ".jpg" : `.${format}`;
}

/**
 * Plans a run: lists folders, finds masks, names outputs.
 *
 * @throws {UsageError} If an output is an input, a mask, or the output of another input; or the output is a
 * file while there are several inputs.
 * @throws {InputError} If an input or the mask does not exist.
 */
export async function planInpaint(request: InpaintRequest): Promise<InpaintPlan> {
  const { mask } = request;
  const isMaskFolder = mask !== "alpha" && await isFolder(mask, "mask");
  const { inputs, problems } = await listInputs(request);
  const jobs: InpaintJob[] = [];
  const folder = await outputFolder(request);
  const masks = isMaskFolder ? await indexMasks(mask) : undefined;
  for (const { path, relative } of inputs) {
    jobs.push({
      input: path,
      stem: stemOf(relative),
      mask: refuseItself(masks === undefined ? mask : findMask(masks, relative, mask, path), path),
      output: targetOf(request, folder, relative),
    });
  }
  checkTargets(jobs, request.format);
  return { jobs, problems };
}

interface Input {
  readonly path: string;
  readonly relative: string;
}

async function listInputs({ inputs, output, mask }: InpaintRequest) {
  const listed: Input[] = [];
  const problems: string[] = [];
  // Masks and results may live inside the folder of photographs; they are no photographs.
  const others = [mask === "alpha" ? undefined : mask, output]
    .filter((path) => path !== undefined && path !== STANDARD_STREAM)
    .map((path) => resolve(path!));
  for (const input of inputs) {
    if (input === STANDARD_STREAM) listed.push({ path: input, relative: "stdin" });
    else if (!await isFolder(input, "input")) {
      listed.push({ path: input, relative: basename(input) });
    } else {
      if (output !== undefined && resolve(output) === resolve(input)) {
        throw new UsageError(
          `Cannot write into "${output}": it is the input folder, --output must be another folder`,
        );
      }
      if (mask !== "alpha" && resolve(mask) === resolve(input)) {
        throw new UsageError(
          `Cannot take masks from "${mask}": it is the input folder, --mask must be another folder`,
        );
      }
      // A folder around the photographs excludes nothing.
      const inside = others.filter((path) => isBelow(path, resolve(input)));
      const found = await listImages(input, { recursive: true });
      problems.push(...found.problems);
      const images = found.images.filter(({ path }) =>
        !inside.some((other) => resolve(path) === other || isBelow(resolve(path), other))
      );
      if (images.length === 0) problems.push(`Cannot find any image in "${input}"`);
      listed.push(...images);
    }
  }
  return { inputs: listed, problems };
}

/** True if a resolved path lies below a resolved folder. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function stemOf(relative: string): string {
  return relative.slice(0, relative.length - extname(relative).length);
}

async function isFolder(path: string, what: string): Promise<boolean> {
  if (path === STANDARD_STREAM) return false;
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (cause) {
    throw new InputError(`Cannot read ${what} "${path}": ${reasonOf(cause)}`, { cause });
  }
}

/** The folder that takes the results, or undefined if the output is one file or standard output. */
async function outputFolder({ inputs, output }: InpaintRequest): Promise<string | undefined> {
  if (output === undefined || output === STANDARD_STREAM) return undefined;
  const isSingleFile = inputs.length === 1 && !await isFolder(inputs[0]!, "input");
  const info = await Deno.stat(output).catch(() => undefined);
  const looksLikeFolder = /[/\\]$/.test(output) || info?.isDirectory === true;
  if (isSingleFile && !looksLikeFolder) return undefined;
  if (info?.isFile || (!looksLikeFolder && formatOfName(output) !== undefined)) {
    throw new UsageError(
      `Cannot write several images to "${output}": it is a file, --output must be a folder`,
    );
  }
  return output;
}

function targetOf(
  { output, format }: InpaintRequest,
  folder: string | undefined,
  relative: string,
): OutputTarget {
  if (folder !== undefined) {
    const extension = extname(relative);
    const path = join(folder, relative.slice(0, relative.length - extension.length));
    return { kind: "stem", path, extension };
  }
  if (output === undefined || output === STANDARD_STREAM) return { kind: "stdout" };
  const named = formatOfName(output);
  if (named === undefined && format === undefined) {
    throw new UsageError(
      `Cannot tell the format of "${output}": its name must end in .png, .jpg or .webp, ` +
        "or --format must be given",
    );
  }
  if (named !== undefined && format !== undefined && named !== format) {
    throw new UsageError(`Cannot write ${format} to "${output}": its name says ${named}`);
  }
  return { kind: "file", path: output };
}

/** Masks by relative path without extension; a value of several paths is ambiguous. */
async function indexMasks(folder: string): Promise<Map<string, string[]>> {
  const index = new Map<string, string[]>();
  for (const { path, relative } of (await listImages(folder, { recursive: true })).images) {
    const stem = stemOf(relative);
    index.set(stem, [...index.get(stem) ?? [], path]);
  }
  return index;
}

function findMask(
  masks: ReadonlyMap<string, string[]>,
  relative: string,
  folder: string,
  input: string,
): string | InputError {
  const stem = stemOf(relative);
  const found = masks.get(stem);
  if (found === undefined) {
    return new InputError(
      `Cannot inpaint "${input}": "${folder}" holds no mask "${stem}" of any image format`,
    );
  }
  return found.length === 1 ? found[0]! : new InputError(
    `Cannot inpaint "${input}": "${folder}" holds ${found.length} masks "${stem}", must be one`,
  );
}

/** The extension that a result will have, unless its input's name lies about the content. */
function likelyExtension(extension: string, asked: OutputFormat | undefined): string {
  const named = formatOfName(`x${extension}`);
  const format = asked ?? named ?? "png";
  return format === named ? extension : extensionOf(format);
}

/** A folder of pictures that is given as the folder of masks would make each its own mask. */
function refuseItself(mask: string | InputError, input: string): string | InputError {
  if (typeof mask !== "string" || mask === "alpha" || resolve(mask) !== resolve(input)) return mask;
  return new InputError(`Cannot inpaint "${input}": its mask is the picture itself`);
}

/** Resolved paths of inputs and masks, with what they are. */
export function givenPaths(jobs: readonly InpaintJob[]): Map<string, "an input" | "a mask"> {
  const given = new Map<string, "an input" | "a mask">();
  for (const { input, mask } of jobs) {
    if (input !== STANDARD_STREAM) given.set(resolve(input), "an input");
    if (typeof mask === "string" && mask !== "alpha") given.set(resolve(mask), "a mask");
  }
  return given;
}

/** Nothing that was given may be overwritten, and no result may overwrite another. */
function checkTargets(jobs: readonly InpaintJob[], format: OutputFormat | undefined): void {
  const given = givenPaths(jobs);
  const written = new Map<string, string>();
  const faults: string[] = [];
  for (const { input, output } of jobs) {
    if (output.kind === "stdout") continue;
    const path = resolve(
      output.kind === "stem"
        ? output.path + likelyExtension(output.extension, format)
        : output.path,
    );
    const what = given.get(path);
    if (what !== undefined) faults.push(`Cannot write "${path}": it is ${what}`);
    const other = written.get(path);
    if (other !== undefined) {
      faults.push(
        `Cannot inpaint both "${other}" and "${input}": both would be written to "${path}"`,
      );
    }
    written.set(path, input);
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
}
