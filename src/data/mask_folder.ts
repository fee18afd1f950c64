/**
 * A folder of mask files to train with: which files, which colour is the hole, and whether they are of use.
 * @module
 */
import { InputError } from "../errors.ts";
import { createRandom } from "../random.ts";
import { listDataset } from "./folder_dataset.ts";
import { maskLuma } from "./mask_luma.ts";
import {
  commonPolarity,
  guessPolarity,
  type MaskPolarity,
  type PolarityGuess,
} from "./mask_polarity.ts";
import { readRawMask } from "./raw_mask.ts";
import { rawMaskCropper } from "./raw_mask_crop.ts";
import { readImageFile } from "./read_image_file.ts";

/** What workers need to know to draw masks; plain data. */
export interface MaskFolder {
  /** Path as it was given. */
  readonly folder: string;
  /** Paths, sorted. */
  readonly files: readonly string[];
  /** The colour that is the hole, in all files. */
  readonly polarity: MaskPolarity;
  /** Widths of the widening brush; see `rawMaskCropper`. */
  readonly dilate: readonly [low: number, high: number];
}

/** A mask folder that was looked at. */
export interface OpenedMaskFolder {
  /** What `openSamples` takes. */
  readonly masks: MaskFolder;
  /** One line that says what was found, for a person. */
  readonly summary: string;
  /** What a person should know before hours of training, one sentence each. */
  readonly warnings: readonly string[];
}

/** Options of {@linkcode openMaskFolder}. */
export interface OpenMaskFolderOptions {
  /** The colour that is the hole; "auto" guesses it from the files. */
  readonly polarity: MaskPolarity | "auto";
  /** Widths of the widening brush; see `rawMaskCropper`. */
  readonly dilate: readonly [low: number, high: number];
  /** Bounds `(low, high]` of the share of hole pixels. */
  readonly ratio: readonly [low: number, high: number];
  /** Side of the crops in pixels. */
  readonly size: number;
}

/** Files that are looked at, evenly over the list. */
const LOOKED_AT = 32;
/** Crops that are tried of each of them; of few files more, so that it is always 64 at least. */
const CROPS = 4;
const LEAST_CROPS = 64;
/** A picture is no mask if more than this share of it is neither nearly black nor nearly white. */
const MOST_GREY = 0.5;
const [NEARLY_BLACK, NEARLY_WHITE] = [25, 230];

/** With a smaller share within the bounds, the 32 tries of training miss them too often: `0.9 ** 32` is 3 %. */
const FEW = 0.1;

/**
 * Opens a folder of masks: lists it, settles once for all files which colour is the hole, and tries whether crops
 * of it meet the ratio bounds. Looks at 32 of the files at most.
 *
 * @throws {InputError} If the folder cannot be read or holds no image; if none of the files looked at can be read, or
 * most of them are photographs; if the colour is to be guessed and too few of them agree; or if no try meets the bounds.
 */
export async function openMaskFolder(
  folder: string,
  options: OpenMaskFolderOptions,
): Promise<OpenedMaskFolder> {
  const { dilate, size } = options;
  const files = await listDataset(folder, { kind: "mask folder" });
  const sample = evenly(files, LOOKED_AT);
  const warnings: string[] = [];
  const guesses: Guess[] = [];
  const photos: string[] = [];
  let [last, unreadable, small] = ["", 0, 0];
  for (const path of sample) {
    try {
      const image = await readImageFile(path);
      const luma = maskLuma(image);
      guesses.push({ path, ...guessPolarity(luma, image) });
      if (isPhoto(luma)) photos.push(path);
      if (Math.min(image.width, image.height) < size) small++;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unreadable++;
      last = error.message;
    }
  }
  if (guesses.length === 0) {
    throw new InputError(
      `Cannot use mask folder "${folder}": none of ${unreadable} files looked at can be read, ` +
        `the last one with: ${last}`,
    );
  }
  if (photos.length > guesses.length / 2) {
    throw new InputError(
      `Cannot use mask folder "${folder}": ${photos.length} of ${count(guesses.length, "file")} ` +
        `looked at are mostly grey, masks must be black and white; for example "${photos[0]}"`,
    );
  }
  const { polarity, reason } = settlePolarity(folder, guesses, options.polarity, warnings);
  const lookedAt = `${count(guesses.length, "mask")} looked at in "${folder}"`;
  if (small > 0) {
    const are = small === 1 ? "is" : "are";
    warnings.push(
      `${small} of ${lookedAt} ${are} smaller than the crops of ${size}x${size} and will be enlarged`,
    );
  }
  const masks: MaskFolder = { folder, files, polarity, dilate };
  const seen = guesses.map(({ path }) => path);
  const shares = await tryCrops(masks, seen, options);
  checkShares(shares, lookedAt, polarity, options.ratio, warnings);
  const summary = `${
    count(files.length, "mask")
  } in "${folder}", ${polarity} is the hole (${reason})`;
  return { masks, summary, warnings };
}

/** The guess from one file. */
interface Guess extends PolarityGuess {
  readonly path: string;
}

function settlePolarity(
  folder: string,
  guesses: readonly Guess[],
  wanted: MaskPolarity | "auto",
  warnings: string[],
): { polarity: MaskPolarity; reason: string } {
  const common = commonPolarity(guesses);
  if (wanted === "auto" && !common.isSure) {
    const example = guesses.find(({ isSure }) => !isSure) ?? guesses[0]!;
    throw new InputError(
      `Cannot tell which colour is the hole in mask folder "${folder}": ${common.reason}; ` +
        `for example "${example.path}": ${example.reason}`,
      { hint: "Say it with --mask-polarity white or --mask-polarity black" },
    );
  }
  const polarity = wanted === "auto" ? common.polarity : wanted;
  const against = guesses.filter((guess) => guess.isSure && guess.polarity !== polarity);
  if (against.length > 0) {
    const names = against.slice(0, 3).map(({ path }) => `"${path}"`).join(", ");
    const more = against.length > 3 ? ` and ${against.length - 3} more` : "";
    warnings.push(
      `${against.length} of ${count(guesses.length, "mask")} looked at ` +
        `${against.length === 1 ? "seems" : "seem"} to have holes in the other colour than ` +
        `${polarity}: ${names}${more} (${against[0]!.reason})`,
    );
  }
  return { polarity, reason: wanted === "auto" ? `guessed: ${common.reason}` : "as told" };
}

/** True for what is mostly neither black nor white. */
function isPhoto(luma: Uint8Array): boolean {
  let grey = 0;
  for (const value of luma) if (value > NEARLY_BLACK && value < NEARLY_WHITE) grey++;
  return grey > MOST_GREY * luma.length;
}

/** Shares of hole pixels of some crops, in rising order. */
async function tryCrops(
  { polarity }: MaskFolder,
  paths: readonly string[],
  { size, dilate }: OpenMaskFolderOptions,
): Promise<number[]> {
  const random = createRandom(0); // a trial, apart from the chance of any run
  const each = Math.max(CROPS, Math.ceil(LEAST_CROPS / paths.length));
  const shares: number[] = [];
  for (const path of paths) {
    const crop = rawMaskCropper(await readRawMask(path, polarity), { size, dilate });
    for (let i = 0; i < each; i++) {
      const holeMask = crop(random);
      shares.push(holeMask.reduce((sum, value) => sum + value, 0) / holeMask.length);
    }
  }
  return shares.sort((a, b) => a - b);
}

function checkShares(
  shares: readonly number[],
  lookedAt: string,
  polarity: MaskPolarity,
  [low, high]: readonly [number, number],
  warnings: string[],
): void {
  const fitting = shares.filter((share) => share > low && share <= high && share < 1).length;
  const given = `${shares.length} crops gave ${percent(shares[0]!)} to ${percent(shares.at(-1)!)}`;
  const bounds = `${percent(low)} to ${percent(high)} hole`;
  if (fitting === 0) {
    throw new InputError(
      `Cannot make crops of ${bounds} from ${lookedAt}: ${given}, where ${polarity} is the hole`,
      { hint: "Change --mask-ratio or --mask-dilate, or say with --mask-polarity what is hole" },
    );
  }
  if (fitting < FEW * shares.length) {
    warnings.push(
      `only ${fitting} of ${shares.length} crops of the ${lookedAt} are ${bounds} (${given}); ` +
        `where 32 tries miss, the nearest is used`,
    );
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** At most `most` members, evenly over the list. */
function evenly<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, i) => list[Math.floor(i * list.length / most)]!);
}
