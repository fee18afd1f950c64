/**
 * Which picture is worked on with which mask and goes where, decided before any work.
 * @module
 */
import { basename, extname, join, resolve, sep } from "node:path";
import type { OutputFormat } from "../../data/encode_image.ts";
import { listImages } from "../../data/list_images.ts";
import { stemOf } from "../../data/stem_of.ts";
import { InputError, UsageError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";
import { extensionOf, formatOfName, type OutputTarget } from "./output_place.ts";

/** "-" as input or output. */
export const STANDARD_STREAM = "-";

/** One picture to work on. */
export interface PictureJob {
  /** Path, or "-". */
  readonly input: string;
  /** Path below the folder that was given, or the file's name, without the extension. */
  readonly stem: string;
  /** Path, "alpha" for the picture's own transparency, undefined for no mask, or an error if none was found. */
  readonly mask: string | "alpha" | InputError | undefined;
  /** Path without the extension if the format is to follow the input's, or "-". */
  readonly output: OutputTarget;
}

/** What {@linkcode planPictures} returns. */
export interface PicturePlan {
  readonly jobs: readonly PictureJob[];
  /** Folders that could not be read. */
  readonly problems: readonly string[];
}

/** What was asked for. */
export interface PictureRequest {
  /** What is done, for messages: "Cannot inpaint ...". */
  readonly verb: "inpaint" | "enlarge";
  readonly inputs: readonly string[];
  /** Path, "alpha", or undefined for none. */
  readonly mask: string | undefined;
  readonly output: string | undefined;
  readonly format: OutputFormat | undefined;
}

/**
 * Plans a run: lists folders, finds masks, names outputs.
 *
 * @throws {UsageError} If an output is an input, a mask, or the output of another input; or the output is a
 * file while there are several inputs.
 * @throws {InputError} If an input or the mask does not exist.
 */
export async function planPictures(request: PictureRequest): Promise<PicturePlan> {
  const { mask, verb } = request;
  const isMaskFolder = isPath(mask) && await isFolder(mask, "mask");
  const { inputs, problems } = await listInputs(request);
  const jobs: PictureJob[] = [];
  const folder = await outputFolder(request);
  const masks = isMaskFolder ? await indexMasks(mask) : undefined;
  for (const { path, relative } of inputs) {
    jobs.push({
      input: path,
      stem: stemOf(relative),
      mask: refuseItself(
        masks === undefined ? mask : findMask(masks, { relative, folder: mask!, path, verb }),
        { path, verb },
      ),
      output: targetOf(request, folder, relative),
    });
  }
  checkTargets(jobs, request);
  return { jobs, problems };
}

interface Input {
  readonly path: string;
  readonly relative: string;
}

async function listInputs({ inputs, output, mask }: PictureRequest) {
  const listed: Input[] = [];
  const problems: string[] = [];
  // Masks and results may live inside the folder of photographs; they are no photographs.
  const others = [isPath(mask) ? mask : undefined, output]
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
      if (isPath(mask) && resolve(mask) === resolve(input)) {
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

/** True unless there is no mask, or it is the picture's own transparency. */
function isPath(mask: string | undefined): mask is string {
  return mask !== undefined && mask !== "alpha";
}

/** True if a resolved path lies below a resolved folder. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
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
async function outputFolder({ inputs, output }: PictureRequest): Promise<string | undefined> {
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
  { output, format }: PictureRequest,
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

/** One picture for messages and searches. */
interface Wanted extends Input {
  readonly folder: string;
  readonly verb: PictureRequest["verb"];
}

function findMask(
  masks: ReadonlyMap<string, string[]>,
  { relative, folder, path, verb }: Wanted,
): string | InputError {
  const stem = stemOf(relative);
  const found = masks.get(stem);
  if (found === undefined) {
    return new InputError(
      `Cannot ${verb} "${path}": "${folder}" holds no mask "${stem}" of any image format`,
    );
  }
  return found.length === 1 ? found[0]! : new InputError(
    `Cannot ${verb} "${path}": "${folder}" holds ${found.length} masks "${stem}", must be one`,
  );
}

/** The extension that a result will have, unless its input's name lies about the content. */
function likelyExtension(extension: string, asked: OutputFormat | undefined): string {
  const named = formatOfName(`x${extension}`);
  const format = asked ?? named ?? "png";
  return format === named ? extension : extensionOf(format);
}

/** A folder of pictures that is given as the folder of masks would make each its own mask. */
function refuseItself(
  mask: PictureJob["mask"],
  { path, verb }: Pick<Wanted, "path" | "verb">,
): PictureJob["mask"] {
  if (mask instanceof InputError || !isPath(mask) || resolve(mask) !== resolve(path)) return mask;
  return new InputError(`Cannot ${verb} "${path}": its mask is the picture itself`);
}

/** Resolved paths of inputs and masks, with what they are. */
export function givenPaths(jobs: readonly PictureJob[]): Map<string, "an input" | "a mask"> {
  const given = new Map<string, "an input" | "a mask">();
  for (const { input, mask } of jobs) {
    if (input !== STANDARD_STREAM) given.set(resolve(input), "an input");
    if (!(mask instanceof InputError) && isPath(mask)) given.set(resolve(mask), "a mask");
  }
  return given;
}

/** Nothing that was given may be overwritten, and no result may overwrite another. */
function checkTargets(
  jobs: readonly PictureJob[],
  { format, verb }: Pick<PictureRequest, "format" | "verb">,
): void {
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
        `Cannot ${verb} both "${other}" and "${input}": both would be written to "${path}"`,
      );
    }
    written.set(path, input);
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
}
