/**
 * The pictures that were named: files, and what folders hold.
 * @module
 */
import { basename, extname, join, sep } from "node:path";
import { type ListedImage, listImages } from "../../data/list_images.ts";
import { canonicalPath } from "./canonical_path.ts";
import { isNamedMask } from "../../data/pair_masks.ts";
import { stemOf } from "../../data/stem_of.ts";
import { InputError, UsageError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";

/** "-" as input or output. */
export const STANDARD_STREAM = "-";

/** Options of {@linkcode listInputs}. */
export interface ListInputsOptions {
  /** Paths, or "-". */
  readonly inputs: readonly string[];
  /** Path of a mask or of a folder of masks; undefined if there is none. */
  readonly maskPath: string | undefined;
  /** Path, "-" or undefined. */
  readonly output: string | undefined;
  /** What results end in, so that they are no inputs again; "" for nothing. */
  readonly suffix: string;
}

/** What {@linkcode listInputs} returns. */
export interface ListedInputs {
  readonly inputs: readonly ListedImage[];
  /** Folders that could not be read, or hold nothing. */
  readonly problems: readonly string[];
  /** Pictures of a kind that is not read. */
  readonly warnings: readonly string[];
  /** True if a folder was among the inputs. */
  readonly isWhole: boolean;
}

/**
 * Lists the pictures of a run. Masks and results that lie inside a folder of photographs are no photographs; where
 * it is the folder of masks as well, those that are named as LaMa names masks are none.
 *
 * @throws {UsageError} If results would go to the folder of the inputs, or that is the folder of masks and no mask
 * in it can be told from a photograph.
 * @throws {InputError} If an input does not exist.
 */
export async function listInputs(
  { inputs, maskPath, output, suffix }: ListInputsOptions,
): Promise<ListedInputs> {
  const listed: ListedImage[] = [];
  const problems: string[] = [];
  const warnings: string[] = [];
  let isWhole = false;
  for (const input of inputs) {
    if (input === STANDARD_STREAM) listed.push({ path: input, relative: "stdin" });
    else if (inputs.length > 1 && !await exists(input)) {
      problems.push(`Cannot read input ${JSON.stringify(input)}: it does not exist`);
    } else if (!await isFolder(input, "input")) {
      listed.push({ path: input, relative: basename(input) });
    } else {
      isWhole = true;
      const found = await listFolder(input, { maskPath, output, suffix });
      problems.push(...found.problems);
      if (found.unread.length > 0) warnings.push(leftOut(input, found.unread));
      listed.push(...found.images);
    }
  }
  return { inputs: listed, problems, warnings, isWhole };
}

async function listFolder(
  input: string,
  { maskPath, output, suffix }: Omit<ListInputsOptions, "inputs">,
): Promise<{ images: ListedImage[]; problems: string[]; unread: readonly string[] }> {
  const isSame = (other: string | undefined) =>
    other !== undefined && other !== STANDARD_STREAM &&
    canonicalPath(other) === canonicalPath(input);
  if (isSame(output) && suffix === "") {
    throw new UsageError(
      `Cannot write into "${output}": it is the input folder, --output must be another folder`,
    );
  }
  const { images: all, unread, ...listed } = await listImages(input, { recursive: true });
  const problems = [...listed.problems];
  const isMixed = isSame(maskPath);
  if (isMixed && !all.some(({ relative }) => isNamedMask(relative))) {
    throw new UsageError(
      `Cannot take masks from "${maskPath}": it is the input folder, --mask must be another folder ` +
        "or its masks be named NAME_mask.png",
    );
  }
  // A folder around the photographs excludes nothing.
  const inside = [maskPath, output]
    .filter((path) => path !== undefined && path !== STANDARD_STREAM)
    .map((path) => canonicalPath(path!))
    .filter((path) => isBelow(path, canonicalPath(input)));
  const root = canonicalPath(input);
  const isResult = (relative: string) =>
    isSame(output) && stemOf(relative).replace(/\.before-after$/, "").endsWith(suffix);
  const images = all.filter(({ relative }) => {
    const place = join(root, relative);
    return !(isMixed && isNamedMask(relative)) && !isResult(relative) &&
      !inside.some((other) => place === other || isBelow(place, other));
  });
  if (images.length === 0) problems.push(`Cannot find any image in "${input}"`);
  return { images, problems, unread };
}

function leftOut(folder: string, unread: readonly string[]): string {
  const endings = [...new Set(unread.map((name) => extname(name).toLowerCase()))].sort();
  const files = unread.length === 1 ? "1 file" : `${unread.length} files`;
  return `${files} in ${JSON.stringify(folder)} left out: ${endings.join(", ")} is not read`;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(
    () => true,
    (error) => !(error instanceof Deno.errors.NotFound),
  );
}

/** True if a resolved path lies below a resolved folder. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * True if a path is a folder, false if it is a file or standard input.
 *
 * @param what For the message.
 * @throws {InputError} If it does not exist.
 */
export async function isFolder(path: string, what: "input" | "mask"): Promise<boolean> {
  if (path === STANDARD_STREAM) return false;
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (cause) {
    throw new InputError(`Cannot read ${what} "${path}": ${reasonOf(cause)}`, { cause });
  }
}
