/**
 * Which colour of a mask is the hole, where nobody says so: published masks come in both ways.
 * @module
 */

/** The colour that is the hole. */
export type MaskPolarity = "white" | "black";

/** A guess, with what speaks for it. */
export interface PolarityGuess {
  /** The colour that is the hole; "white" if nothing speaks for either. */
  readonly polarity: MaskPolarity;
  /** False if the mask could as well be meant the other way. */
  readonly isSure: boolean;
  /** What speaks for it, to stand behind a colon. */
  readonly reason: string;
}

/** Size of the mask, in pixels. */
export interface GuessPolarityOptions {
  readonly width: number;
  readonly height: number;
}

/** Largest share that is taken for a hole: the upper end of the paper's last bin. */
const LARGEST_HOLE = 0.6;

/** Share of the outermost pixels that must have one colour to speak for it. */
const PLAIN_BORDER = 0.95;

const WHITE_FROM = 128;

/**
 * Guesses which colour of one mask is the hole.
 *
 * A colour that covers more than 60 % is known, for no mask of the paper has larger holes. If neither does, the
 * colour of a border of one colour is known. If both cues speak and differ, or neither does, the guess is unsure.
 *
 * @param luma Brightness, 0 to 255, row-major; from 128 on it is white.
 * @param size Without it the border is not looked at.
 *
 * Source: the authors' training masks are white where the image is known, their test masks white where it is hole.
 */
export function guessPolarity(luma: Uint8Array, size?: GuessPolarityOptions): PolarityGuess {
  const white = luma.reduce((sum, value) => sum + (value >= WHITE_FROM ? 1 : 0), 0);
  if (white === 0 || white === luma.length) {
    const reason = `all of it is ${white === 0 ? "black" : "white"}`;
    return { polarity: "white", isSure: false, reason };
  }
  const share = white / luma.length;
  const large = share > LARGEST_HOLE ? "white" : 1 - share > LARGEST_HOLE ? "black" : undefined;
  const border = size === undefined ? undefined : borderColour(luma, size);
  if (large === undefined) {
    const either = `white covers ${percent(share)}, so either may be the hole`;
    if (border === undefined) return { polarity: "white", isSure: false, reason: either };
    return { polarity: other(border), isSure: true, reason: `${either}; the border is ${border}` };
  }
  const covers = `${large} covers ${percent(large === "white" ? share : 1 - share)}, ` +
    `a hole at most ${LARGEST_HOLE * 100} %`;
  // A large hole in the middle or a frame to be filled: the share alone does not decide.
  if (border === other(large)) {
    return {
      polarity: other(large),
      isSure: false,
      reason: `${covers}; but the border is ${border}`,
    };
  }
  return { polarity: other(large), isSure: true, reason: covers };
}

/**
 * The polarity of a set of masks that were made alike: what most of the sure guesses say.
 *
 * @returns Sure if at least nine in ten of the sure guesses agree; without any, "white" and unsure.
 */
export function commonPolarity(guesses: readonly PolarityGuess[]): PolarityGuess {
  const sure = guesses.filter(({ isSure }) => isSure);
  const white = sure.filter(({ polarity }) => polarity === "white").length;
  const polarity = 2 * white >= sure.length ? "white" : "black";
  const agreeing = polarity === "white" ? white : sure.length - white;
  return {
    polarity,
    isSure: sure.length > 0 && agreeing >= 0.9 * sure.length,
    reason: `${agreeing} of ${guesses.length} masks say so, ${sure.length - agreeing} say ` +
      `${other(polarity)}`,
  };
}

/** The colour of nearly all outermost pixels; undefined if they have both. */
function borderColour(
  luma: Uint8Array,
  { width, height }: GuessPolarityOptions,
): MaskPolarity | undefined {
  let [white, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    const isEdge = y === 0 || y === height - 1;
    for (let x = 0; x < width; x += isEdge ? 1 : Math.max(1, width - 1)) {
      count++;
      if (luma[y * width + x]! >= WHITE_FROM) white++;
    }
  }
  if (white >= PLAIN_BORDER * count) return "white";
  return white <= (1 - PLAIN_BORDER) * count ? "black" : undefined;
}

function other(colour: MaskPolarity): MaskPolarity {
  return colour === "white" ? "black" : "white";
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
