/**
 * Where the results of a run go, and that none takes the place of anything else.
 * @module
 */
import { join, resolve } from "node:path";
import type { OutputFormat } from "../../data/encode_image.ts";
import { InputError, UsageError } from "../../errors.ts";
import { placeOf, placesOf } from "./canonical_path.ts";
import { isFolder, STANDARD_STREAM } from "./list_inputs.ts";
import { maskFileOf } from "./mask_source.ts";
import { extensionOf, formatOfName, type OutputTarget } from "./output_place.ts";
import type { PictureJob, PictureRequest } from "./picture_plan.ts";

/**
 * The folder that takes the results, or undefined if the output is one file or standard output.
 *
 * @throws {UsageError} If it must be a folder, and is a file or named as one.
 */
export async function outputFolder(
  { inputs, pairs, output }: Pick<PictureRequest, "inputs" | "pairs" | "output">,
): Promise<string | undefined> {
  if (output === undefined || output === STANDARD_STREAM) return undefined;
  const isSingleFile = pairs === undefined && inputs.length === 1 &&
    !await isFolder(inputs[0]!, "input");
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

/** Which result {@linkcode targetOf} places. */
export interface Result {
  /** Folder of results, if they go to one. */
  readonly folder: string | undefined;
  /** Path below it without the extension. */
  readonly stem: string;
  /** Of the picture, with the dot, or "". */
  readonly extension: string;
}

/**
 * Where one result goes.
 *
 * @throws {UsageError} If the format of a named file cannot be told, or contradicts what was asked for.
 */
export function targetOf(
  { output, format, suffix = "" }: Pick<PictureRequest, "output" | "format" | "suffix">,
  { folder, stem, extension }: Result,
): OutputTarget {
  if (folder !== undefined) return { kind: "stem", path: join(folder, stem + suffix), extension };
  if (output === undefined || output === STANDARD_STREAM) return { kind: "stdout" };
  const named = formatOfName(output);
  if (named === undefined && format === undefined) {
    throw new UsageError(
      `Cannot tell the format of "${output}": its name must end in .png, .jpg, .webp, .avif or .tif, ` +
        "or --format must be given",
    );
  }
  return namedTarget(output, format);
}

/**
 * A result of the name that the user gave it.
 *
 * @throws {UsageError} If its ending contradicts the format that was asked for.
 */
export function namedTarget(path: string, format: OutputFormat | undefined): OutputTarget {
  const named = formatOfName(path);
  if (named !== undefined && format !== undefined && named !== format) {
    throw new UsageError(`Cannot write ${format} to "${path}": its name says ${named}`);
  }
  return { kind: "file", path };
}

/** Canonical paths of inputs and masks, with what they are. */
export function givenPaths(jobs: readonly PictureJob[]): Map<string, "an input" | "a mask"> {
  const given = new Map<string, "an input" | "a mask">();
  const mark = (path: string, what: "an input" | "a mask") => {
    for (const place of placesOf(path)) given.set(place, what);
  };
  // One mask may serve thousands of pictures.
  const masks = new Set<string>();
  for (const { input, mask } of jobs) {
    if (input !== STANDARD_STREAM) mark(input, "an input");
    const file = mask instanceof InputError ? undefined : maskFileOf(mask);
    if (file !== undefined) masks.add(file);
  }
  for (const file of masks) mark(file, "a mask");
  return given;
}

/** Options of {@linkcode checkTargets}. */
export interface CheckTargetsOptions extends Pick<PictureRequest, "format" | "verb" | "output"> {
  /** Folder of results, if they go to one. */
  readonly folder: string | undefined;
}

/**
 * Nothing that was given may be overwritten, and no result may overwrite another.
 *
 * @throws {UsageError} With one line for each.
 */
export function checkTargets(
  jobs: readonly PictureJob[],
  { format, verb, output, folder }: CheckTargetsOptions,
): void {
  const given = givenPaths(jobs);
  const written = new Map<string, PictureJob>();
  const faults: string[] = [];
  const [first] = jobs;
  if (jobs.length > 1 && folder === undefined) {
    const place = output === undefined || output === STANDARD_STREAM
      ? "standard output"
      : `"${output}"`;
    const what = jobs.every(({ input }) => input === first!.input)
      ? `the ${jobs.length} results of "${first!.input}"`
      : "several images";
    throw new UsageError(`Cannot write ${what} to ${place}: --output must be a folder`);
  }
  for (const job of jobs) {
    if (job.output.kind === "stdout" || job.output.kind === "member") continue;
    const path = resolve(
      job.output.kind === "stem"
        ? job.output.path + likelyExtension(job.output.extension, format)
        : job.output.path,
    );
    const place = placeOf(path);
    const what = given.get(place);
    if (what !== undefined) faults.push(`Cannot write "${path}": it is ${what}`);
    const other = written.get(place);
    if (other !== undefined) {
      faults.push(
        `Cannot ${verb} both "${other.input}" and "${job.input}": both would be written to "${path}"`,
      );
    }
    written.set(place, job);
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
}

/** The extension that a result will have, unless its input's name lies about the content. */
function likelyExtension(extension: string, asked: OutputFormat | undefined): string {
  const named = formatOfName(`x${extension}`);
  const format = asked ?? named ?? "png";
  return format === named ? extension : extensionOf(format);
}
