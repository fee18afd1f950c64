/**
 * Which picture is worked on with which mask and goes where, decided before any work.
 * @module
 */
import { extname } from "node:path";
import type { OutputFormat } from "../../data/encode_image.ts";
import type { ListedImage } from "../../data/list_images.ts";
import { InputError } from "../../errors.ts";
import { type HoleFinder, type MissingMask, openHoleFinder } from "./hole_finder.ts";
import { isFolder, listInputs } from "./list_inputs.ts";
import { type HoleSources, maskFileOf } from "./mask_source.ts";
import type { OutputTarget } from "./output_place.ts";
import { planPairs } from "./plan_pairs.ts";
import { checkTargets, outputFolder, targetOf } from "./plan_targets.ts";

export { STANDARD_STREAM } from "./list_inputs.ts";
export { givenPaths } from "./plan_targets.ts";

/** One picture to work on. */
export interface PictureJob {
  /** Path, or "-". */
  readonly input: string;
  /** Path below the folder that was given, or the file's name, without the extension. */
  readonly stem: string;
  /** Where its hole is, or an error if no mask was found. */
  readonly mask: HoleSources | InputError;
  /** Path without the extension if the format is to follow the input's, or "-". */
  readonly output: OutputTarget;
  /** The file, if it was read already. */
  readonly bytes?: Uint8Array;
}

/** What {@linkcode planPictures} returns. */
export interface PicturePlan {
  /**
   * Those that fail for want of a mask come first, so that they are told before any work; the others in their order.
   */
  readonly jobs: readonly PictureJob[];
  /** Folders that could not be read. */
  readonly problems: readonly string[];
  /** Masks that belong to no picture. */
  readonly warnings: readonly string[];
  /** What was left out as the user asked. */
  readonly notes: readonly string[];
  /** Mask files of the jobs, each once; what `openMasks` looks at. */
  readonly maskFiles: readonly string[];
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
  /** Path of a list that names inputs and masks; there are no `inputs` then. */
  readonly pairs?: string | undefined;
  /**
   * What is hole in every picture besides its mask.
   * @default nothing
   */
  readonly more?: HoleSources;
  /**
   * What is done with a picture that has no mask.
   * @default "fail"
   */
  readonly missingMask?: MissingMask;
  /**
   * Put behind the name of each result in a folder.
   * @default ""
   */
  readonly suffix?: string | undefined;
}

/**
 * Plans a run: lists folders, finds masks, names outputs.
 *
 * @throws {UsageError} If an output is an input, a mask, or the output of another input; or the output is a
 * file while there are several results.
 * @throws {InputError} If an input, the mask or the list does not exist.
 */
export async function planPictures(request: PictureRequest): Promise<PicturePlan> {
  const { verb, format, output } = request;
  const finder = await openFinderOf(request);
  const folder = await outputFolder(request);
  const { jobs, pictures, problems, warnings, isWhole } = request.pairs === undefined
    ? await planInputs(request, finder, folder)
    : {
      ...await planPairs(request, { list: request.pairs, folder: folder!, finder }),
      ...{ problems: [], warnings: [] },
      isWhole: true,
    };
  checkTargets(jobs, { format, verb, output, folder });
  const isFaulty = ({ mask }: PictureJob) => mask instanceof InputError;
  const files = jobs.flatMap(({ mask }) =>
    mask instanceof InputError ? [] : maskFileOf(mask) ?? []
  );
  const summary = finder.summarise({ pictures, output: folder, isWhole });
  return {
    jobs: [...jobs.filter(isFaulty), ...jobs.filter((job) => !isFaulty(job))],
    problems,
    maskFiles: [...new Set(files)],
    notes: summary.notes,
    warnings: [...warnings, ...summary.warnings],
  };
}

/**
 * Opens what finds the holes of a request's pictures.
 *
 * @throws {InputError} If the mask does not exist.
 */
export async function openFinderOf(
  { verb, mask, more = [], missingMask = "fail" }: Pick<
    PictureRequest,
    "verb" | "mask" | "more" | "missingMask"
  >,
): Promise<HoleFinder> {
  return await openHoleFinder({
    ...{ verb, mask, more, missingMask },
    isFolder: mask !== undefined && mask !== "alpha" && await isFolder(mask, "mask"),
  });
}

async function planInputs(
  request: PictureRequest,
  finder: HoleFinder,
  folder: string | undefined,
): Promise<
  {
    jobs: PictureJob[];
    pictures: readonly ListedImage[];
    problems: readonly string[];
    warnings: readonly string[];
    isWhole: boolean;
  }
> {
  const { inputs, mask, output, suffix = "" } = request;
  const maskPath = mask === "alpha" ? undefined : mask;
  const listed = await listInputs({ inputs, maskPath, output, suffix });
  const jobs = listed.inputs.flatMap((picture) =>
    finder.find(picture).map(({ stem, sources }): PictureJob => ({
      input: picture.path,
      stem,
      mask: sources,
      output: targetOf(request, { folder, stem, extension: extname(picture.relative) }),
    }))
  );
  const { inputs: pictures, problems, warnings, isWhole } = listed;
  return { jobs, pictures, problems, warnings, isWhole };
}
