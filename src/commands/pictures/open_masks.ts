/**
 * How the masks of a run are read: which colour is the hole is settled once, for all of them.
 * @module
 */
import type { HoleMask } from "../../data/mask_file.ts";
import {
  commonPolarity,
  guessPolarity,
  type MaskPolarity,
  type PolarityGuess,
} from "../../data/mask_polarity.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { InputError, UserError } from "../../errors.ts";
import { createMaskReader, type MaskReader } from "./mask_reader.ts";
import type { MaskSettings } from "./read_picture_mask.ts";

/** What the flags say about masks. */
export interface MaskOptions {
  /** Undefined for white. */
  readonly maskPolarity: MaskPolarity | "auto" | undefined;
  /** True is the same as black. */
  readonly invertMask: boolean;
  /** 1 to 255. */
  readonly maskThreshold: number;
  readonly strict: boolean;
  readonly maskGrow: number;
  /** @default 0 */
  readonly maskFeather?: number;
}

/** What {@linkcode openMasks} works with. */
export interface OpenMasksTools {
  /**
   * True if masks may still come; then there must be some to guess by.
   * @default false
   */
  readonly moreToCome?: boolean;
  readonly codec: Pick<PictureCodec, "readHoles">;
  readonly io: { log(line: string): void; warn(line: string): void };
}

/** Masks that are looked at to guess, and to check what was told; evenly over all of them. */
const LOOKED_AT = { auto: 32, told: 8 };

/**
 * Settles which colour is the hole, and opens the reader of masks. "auto" says what it found and why; what was
 * told, or the usual white, is compared with a few of the masks, and a contradiction is warned of. Masks that
 * cannot be read are passed over, for that is told with their pictures.
 *
 * @param files Paths of all masks.
 * @throws {InputError} If the colour is to be guessed and the masks do not tell.
 */
export async function openMasks(
  files: readonly string[],
  { maskPolarity, invertMask, maskThreshold, strict, maskGrow, maskFeather = 0 }: MaskOptions,
  { codec, io, moreToCome = false }: OpenMasksTools,
): Promise<MaskSettings> {
  const readerOf = (polarity: MaskPolarity) =>
    createMaskReader(codec, { invert: polarity === "black", threshold: maskThreshold });
  const settingsOf = (polarity: MaskPolarity, masks: MaskReader): MaskSettings => ({
    ...{ masks, invertMask: polarity === "black", maskThreshold, strict, maskGrow, maskFeather },
  });
  if (maskPolarity === "auto") {
    const masks = readerOf("white");
    if (files.length === 0 && !moreToCome) return settingsOf("white", masks);
    const guesses = await guessSome(files, LOOKED_AT.auto, { masks, isInverted: false });
    const { polarity, reason } = requireSure(guesses);
    io.log(`masks: ${polarity} is the hole: ${reason}`);
    return settingsOf(polarity, polarity === "white" ? masks : readerOf("black"));
  }
  const polarity = maskPolarity ?? (invertMask ? "black" : "white");
  const masks = readerOf(polarity);
  const isInverted = polarity === "black";
  const guesses = await guessSome(files, LOOKED_AT.told, { masks, isInverted });
  const common = summarise(guesses);
  if (common.isSure && common.polarity !== polarity) {
    const subject = files.length === 1 ? `mask "${files[0]}" looks` : "masks look";
    io.warn(
      `${subject} inverted: ${common.reason}, yet ${polarity} is the hole; ` +
        `--mask-polarity ${common.polarity} turns it round`,
    );
  }
  return settingsOf(polarity, masks);
}

/** A guess, with the file that it is about. */
interface FileGuess extends PolarityGuess {
  readonly path: string;
}

async function guessSome(
  files: readonly string[],
  most: number,
  { masks, isInverted }: { readonly masks: MaskReader; readonly isInverted: boolean },
): Promise<FileGuess[]> {
  const guesses: FileGuess[] = [];
  for (const path of evenly([...new Set(files)], most)) {
    let mask: HoleMask;
    try {
      mask = await masks.read(path);
    } catch (error) {
      if (error instanceof UserError) continue;
      throw error;
    }
    const white = isInverted ? 0 : 1;
    const luma = mask.holeMask.map((hole) => hole === white ? 255 : 0);
    guesses.push({ path, ...guessPolarity(luma, mask) });
  }
  return guesses;
}

/** One mask speaks for itself. */
function summarise(guesses: readonly FileGuess[]): PolarityGuess {
  return guesses.length === 1 ? guesses[0]! : commonPolarity(guesses);
}

function requireSure(guesses: readonly FileGuess[]): PolarityGuess {
  const hint = "Say it with --mask-polarity white or --mask-polarity black";
  if (guesses.length === 0) {
    throw new InputError("Cannot tell which colour is the hole: no mask can be read", { hint });
  }
  const common = summarise(guesses);
  if (common.isSure) return common;
  const example = guesses.find(({ isSure }) => !isSure) ?? guesses[0]!;
  const reason = guesses.length === 1
    ? `in mask "${example.path}": ${example.reason}`
    : `in ${guesses.length} masks: ${common.reason}; for example "${example.path}": ${example.reason}`;
  throw new InputError(`Cannot tell which colour is the hole ${reason}`, { hint });
}

/** At most `most` members, evenly over the list. */
function evenly<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, i) => list[Math.floor(i * list.length / most)]!);
}
