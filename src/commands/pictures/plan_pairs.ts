/**
 * The pictures of a list, with their masks and where their results go.
 * @module
 */
import { basename, dirname, extname, isAbsolute, join, normalize, relative, sep } from "node:path";
import { stemOf } from "../../data/stem_of.ts";
import { InputError, UsageError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";
import type { FoundHole, HoleFinder } from "./hole_finder.ts";
import { formatOfName } from "./output_place.ts";
import { type PairLine, readPairList } from "./pair_list.ts";
import type { PictureJob, PictureRequest } from "./picture_plan.ts";
import { namedTarget, targetOf } from "./plan_targets.ts";

/** What {@linkcode planPairs} needs besides the request. */
export interface PlanPairsOptions {
  /** Path of the list. */
  readonly list: string;
  /** Folder of results. */
  readonly folder: string;
  /** For lines without a mask. */
  readonly finder: HoleFinder;
}

/** Jobs of a list. */
export interface PlannedPairs {
  readonly jobs: readonly PictureJob[];
  /** The pictures, as the finder knows them. */
  readonly pictures: readonly { readonly path: string; readonly relative: string }[];
}

/**
 * Plans the jobs of a list. An image or a mask that is not there fails that line alone.
 *
 * @throws {InputError} If the list cannot be read, or a line is wrong.
 * @throws {UsageError} If a result's name contradicts the format that was asked for.
 */
export async function planPairs(
  request: PictureRequest,
  { list, folder, finder }: PlanPairsOptions,
): Promise<PlannedPairs> {
  const { verb, mask, more = [] } = request;
  const base = dirname(list);
  // An enlargement needs no hole.
  const hasOthers = verb === "enlarge" || mask !== undefined || more.length > 0;
  const jobs: PictureJob[] = [];
  const pictures: { path: string; relative: string }[] = [];
  const faults: string[] = [];
  for (const pair of await readPairList(list)) {
    const picture = { path: pathOf(base, pair.image), relative: relativeOf(base, pair.image) };
    pictures.push(picture);
    const trouble = await troubleOf(pair, { list, base, verb, hasOthers });
    const found = trouble === undefined
      ? holesOf(pair, { base, picture, request, finder })
      : [{ stem: stemOf(picture.relative), sources: trouble }];
    for (const { stem, sources } of found) {
      try {
        const output = pair.output === undefined || found.length > 1
          ? targetOf(request, { folder, stem, extension: extname(picture.relative) })
          : listedTarget(join(folder, pair.output), picture.relative, request);
        jobs.push({ input: picture.path, stem, mask: sources, output });
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        faults.push(`Cannot use line ${pair.line} of "${list}": ${error.message}`);
      }
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return { jobs, pictures };
}

function holesOf(
  { mask }: PairLine,
  { base, picture, request, finder }: {
    readonly base: string;
    readonly picture: { readonly path: string; readonly relative: string };
    readonly request: PictureRequest;
    readonly finder: HoleFinder;
  },
): readonly FoundHole[] {
  if (mask === undefined) return finder.find(picture);
  const more = request.more ?? [];
  const stem = stemOf(picture.relative);
  if (mask === "alpha") return [{ stem, sources: [{ kind: "alpha" }, ...more] }];
  return [{ stem, sources: [{ kind: "file", path: pathOf(base, mask) }, ...more] }];
}

/** Why a line cannot be worked on. */
async function troubleOf(
  { image, mask, line }: PairLine,
  { list, base, verb, hasOthers }: {
    readonly list: string;
    readonly base: string;
    readonly verb: PictureRequest["verb"];
    /** True if a line may do without a mask. */
    readonly hasOthers: boolean;
  },
): Promise<InputError | undefined> {
  const start = `Cannot ${verb} "${image}" in line ${line} of "${list}"`;
  const said = await whyNoFile(pathOf(base, image));
  // Spaces in place of tabs are the usual slip.
  const hint = mask === undefined && / {2,}|\.\w+ /.test(image)
    ? { hint: "Part image, mask and output by tabs" }
    : {};
  if (said !== undefined) return new InputError(`${start}: ${said}`, hint);
  if (mask === undefined) {
    return hasOthers ? undefined : new InputError(`${start}: it names no mask`, {
      hint: "Name one behind a tab, or give --mask, --mask-color or --box",
    });
  }
  if (mask === "alpha") return undefined;
  const path = pathOf(base, mask);
  if (path === pathOf(base, image)) {
    return new InputError(`${start}: its mask is the picture itself`);
  }
  const why = await whyNoFile(path);
  return why === undefined ? undefined : new InputError(`${start}: mask "${mask}": ${why}`);
}

async function whyNoFile(path: string): Promise<string | undefined> {
  try {
    return (await Deno.stat(path)).isDirectory ? "it is a folder" : undefined;
  } catch (cause) {
    return reasonOf(cause);
  }
}

function pathOf(base: string, path: string): string {
  return isAbsolute(path) ? normalize(path) : join(base, path);
}

/** Path of an image below the folder of its list, or its name if it lies elsewhere. */
function relativeOf(base: string, image: string): string {
  const path = normalize(isAbsolute(image) ? relative(base, image) : image);
  return path.startsWith("..") || isAbsolute(path) ? basename(path) : path.replaceAll(sep, "/");
}

/** The place that a line names; without an ending that says a format, that follows the image's. */
function listedTarget(path: string, image: string, { format }: PictureRequest) {
  return formatOfName(path) === undefined
    ? { kind: "stem", path, extension: extname(image) } as const
    : namedTarget(path, format);
}
