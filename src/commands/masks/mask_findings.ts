/**
 * What is wrong with masks, one by one and as a set.
 * @module
 */
import { commonPolarity, type MaskPolarity, type PolarityGuess } from "../../data/mask_polarity.ts";
import { type HoleBin, holeBinName } from "../../metrics/hole_bin.ts";
import type { MaskFacts } from "./mask_facts.ts";

/** Kinds of problems, as scripts read them. */
export type MaskProblemKind =
  | "soft"
  | "jpeg"
  | "one-colour"
  | "polarity"
  | "size"
  | "orphan"
  | "ambiguous"
  | "image";

/** One thing that is wrong with a mask. */
export interface MaskProblem {
  readonly kind: MaskProblemKind;
  /** Without a final period. */
  readonly text: string;
}

/** The photograph that a mask belongs to. */
export interface PairedImage {
  readonly path: string;
  /** Upright size in pixels, or why it could not be read. */
  readonly size: { readonly width: number; readonly height: number } | { readonly error: string };
}

/** One mask to be judged. */
export interface MeasuredMask {
  /** As it is printed. */
  readonly path: string;
  readonly facts: MaskFacts;
  /** Photographs of its name; absent if nobody asked for pairs. */
  readonly images?: readonly PairedImage[];
}

/** A line of `pconv masks inspect --json`. */
export interface MaskFinding {
  readonly mask: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** The colour that was taken for the hole. */
  readonly polarity: MaskPolarity;
  /** False if neither this mask nor the others tell the polarity. */
  readonly isSure: boolean;
  /** What speaks for the polarity. */
  readonly reason: string;
  /** Share of hole pixels. */
  readonly ratio: number;
  readonly bin: string;
  readonly border: HoleBin["border"];
  /** Share of pixels that are neither 0 nor 255. */
  readonly greyShare: number;
  readonly image?: string;
  /** An earlier mask with the same holes. */
  readonly duplicateOf?: string;
  readonly problems: readonly MaskProblem[];
}

/** What is known of a set of masks. */
export interface MaskFindings {
  readonly masks: readonly MaskFinding[];
  /** Of the set. */
  readonly polarity: PolarityGuess;
}

/**
 * Judges masks. A mask that does not tell its polarity gets that of the others; one that tells another is a problem.
 *
 * @param asked The polarity that all masks are said to have; "auto" for what most of them tell.
 */
export function judgeMasks(
  masks: readonly MeasuredMask[],
  asked: MaskPolarity | "auto",
): MaskFindings {
  const common: PolarityGuess = asked === "auto"
    ? commonPolarity(masks.map(({ facts }) => facts.guess))
    : { polarity: asked, isSure: true, reason: "as asked for" };
  const seen = new Map<string, string>();
  const findings = masks.map((mask): MaskFinding => {
    const { path, facts, images } = mask;
    const { guess } = facts;
    const chosen = asked === "auto" && guess.isSure ? guess : common;
    const { ratio, bin, border } = facts.bins[chosen.polarity];
    const duplicateOf = seen.get(facts.digest);
    if (duplicateOf === undefined) seen.set(facts.digest, path);
    const image = images?.[0]?.path;
    return {
      mask: path,
      width: facts.width,
      height: facts.height,
      format: facts.format,
      polarity: chosen.polarity,
      isSure: chosen.isSure,
      reason: chosen === guess ? guess.reason : `${guess.reason}; ${common.reason}`,
      ratio,
      bin: holeBinName(bin),
      border,
      greyShare: facts.greyShare,
      ...(image === undefined ? {} : { image }),
      ...(duplicateOf === undefined ? {} : { duplicateOf }),
      problems: [...problemsAlone(facts, common), ...images ? problemsPaired(facts, images) : []],
    };
  });
  return { masks: findings, polarity: common };
}

function problemsAlone(
  { format, softPixels, width, height, isOneColour, guess }: MaskFacts,
  common: PolarityGuess,
): readonly MaskProblem[] {
  const problems: MaskProblem[] = [];
  const share = (100 * softPixels / (width * height)).toFixed(2);
  if (softPixels > 0) problems.push({ kind: "soft", text: `soft: ${share} % is grey` });
  if (format === "jpeg") problems.push({ kind: "jpeg", text: "JPEG blurs edges: save it as PNG" });
  if (isOneColour) problems.push({ kind: "one-colour", text: guess.reason });
  if (guess.isSure && guess.polarity !== common.polarity) {
    const text = `looks inverted: ${guess.reason}, yet ${common.polarity} is the hole ` +
      (common.reason === "as asked for" ? common.reason : "of most masks");
    problems.push({ kind: "polarity", text });
  }
  return problems;
}

function problemsPaired(
  { width, height }: MaskFacts,
  images: readonly PairedImage[],
): readonly MaskProblem[] {
  const [first] = images;
  if (first === undefined) return [{ kind: "orphan", text: "no image of its name" }];
  if (images.length > 1) {
    return [{ kind: "ambiguous", text: `${images.length} images have its name, must be one` }];
  }
  const { size } = first;
  if ("error" in size) return [{ kind: "image", text: size.error }];
  if (size.width === width && size.height === height) return [];
  const isTurned = size.width === height && size.height === width;
  const text = `size is ${width}x${height}, its image is ${size.width}x${size.height}` +
    (isTurned ? ": turned by a quarter" : "");
  return [{ kind: "size", text }];
}
