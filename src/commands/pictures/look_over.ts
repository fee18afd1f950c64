/**
 * What can be told of pictures and masks from their names and headers, before any work.
 * @module
 */
import { readImageHeader, uprightSize } from "../../data/image_header.ts";
import { InputError, UserError } from "../../errors.ts";
import { maskFileOf } from "./mask_source.ts";
import { nameSome } from "./name_some.ts";
import type { PictureJob } from "./picture_plan.ts";

/** What was seen. */
export interface Seen {
  readonly warnings: readonly string[];
  /** What is done without having been asked for. */
  readonly notes: readonly string[];
}

/**
 * Pictures whose sizes are compared; of more, a network disk would need minutes, and each is told in its turn anyway.
 */
const MOST_COMPARED = 200;

/** What holds the size in all files but those with very large metadata. */
const HEADER_BYTES = 256 * 1024;

/**
 * Looks over a run of several pictures: how many pictures differ in size from their masks, and whether a colour is
 * looked for where compression has smeared it.
 *
 * Sizes are compared in runs of 2 to 200 pictures; a file whose header cannot be read is passed over.
 */
export async function lookOver(jobs: readonly PictureJob[]): Promise<Seen> {
  const notes = jobs.some(isSmeared)
    ? ["--mask-color: JPEG, WebP and AVIF smear colours, taken within 48 levels and 4 px wider"]
    : [];
  if (jobs.length < 2 || jobs.length > MOST_COMPARED) return { warnings: [], notes };
  const sizes = new Map<string, Promise<string | undefined>>();
  const sizeOf = (path: string) => {
    const known = sizes.get(path);
    if (known !== undefined) return known;
    const size = readSize(path);
    sizes.set(path, size);
    return size;
  };
  const differing: string[] = [];
  let compared = 0;
  for (const { input, mask } of jobs) {
    const file = mask instanceof InputError ? undefined : maskFileOf(mask);
    if (file === undefined) continue;
    const [own, other] = [await sizeOf(input), await sizeOf(file)];
    if (own === undefined || other === undefined) continue;
    compared += 1;
    if (own !== other) differing.push(input);
  }
  const warnings = differing.length === 0 ? [] : [
    `${differing.length} of ${compared} images differ in size from their masks: ` +
    nameSome(differing),
  ];
  return { warnings, notes };
}

function isSmeared({ input, mask }: PictureJob): boolean {
  if (mask instanceof InputError || !/\.(jpe?g|webp|avif)$/i.test(input)) return false;
  return mask.some((source) => source.kind === "colour" && source.tolerance === undefined);
}

/** "640x480", upright. */
async function readSize(path: string): Promise<string | undefined> {
  try {
    using file = await Deno.open(path);
    const bytes = new Uint8Array(HEADER_BYTES);
    let length = 0;
    while (length < bytes.length) {
      const read = await file.read(bytes.subarray(length));
      if (read === null) break;
      length += read;
    }
    const { width, height } = uprightSize(readImageHeader(bytes.subarray(0, length)));
    return `${width}x${height}`;
  } catch (error) {
    if (error instanceof UserError || isSystemError(error)) return undefined;
    throw error;
  }
}

/** True for what the operating system refuses. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && ("code" in error || error.name in Deno.errors);
}
