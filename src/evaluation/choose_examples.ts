/**
 * Which pairs a page shows.
 * @module
 */
import { HOLE_BINS } from "../metrics/hole_bin.ts";
import type { EvalRecord } from "./eval_record.ts";

/** A pair with a dilation. */
export interface ChosenPair {
  readonly pair: number;
  readonly dilate: number;
}

/** What {@linkcode chooseExamples} returns. */
export interface ChosenExamples {
  /** Of every class, by class. */
  readonly examples: readonly ChosenPair[];
  /** By falling hole PSNR of the primary method. */
  readonly best: readonly ChosenPair[];
  /** By rising hole PSNR. */
  readonly worst: readonly ChosenPair[];
  /** The same pairs with every dilation; none if there is one only. */
  readonly dilated: readonly ChosenPair[];
}

/** Options of {@linkcode chooseExamples}. */
export interface ChooseExamplesOptions {
  /** Pairs of each class; best and worst have three times as many. */
  readonly count: number;
  /** Method whose scores tell best from worst. */
  readonly primary: string;
}

/** Best and worst cases for each example of a class. */
const EXTREMES = 3;

/**
 * Chooses pairs by number within each of the twelve classes, the extremes of the smallest dilation, and the first pairs
 * that have all dilations. Pairs with an endless PSNR are no best case.
 */
export function chooseExamples(
  records: readonly EvalRecord[],
  { count, primary }: ChooseExamplesOptions,
): ChosenExamples {
  const mine = records.filter(({ method }) => method === primary)
    .toSorted((a, b) => a.pair - b.pair);
  const dilations = [...new Set(mine.map(({ dilate }) => dilate))].sort((a, b) => a - b);
  const base = mine.filter(({ dilate }) => dilate === dilations[0]);
  const examples = [...HOLE_BINS.keys()].flatMap((bin) =>
    (["N", "B"] as const).flatMap((border) =>
      base.filter((record) => record.bin === bin && record.border === border).slice(0, count)
    )
  );
  const ranked = base.filter(({ bin, scores }) =>
    typeof bin === "number" && scores.hole.psnr !== null
  )
    .toSorted((a, b) => b.scores.hole.psnr! - a.scores.hole.psnr! || a.pair - b.pair);
  // A short list has no pair that is both.
  const most = Math.min(EXTREMES * count, Math.floor(ranked.length / 2));
  const complete = base.filter(({ pair }) =>
    dilations.every((dilate) =>
      mine.some((other) => other.pair === pair && other.dilate === dilate)
    )
  ).slice(0, dilations.length > 1 ? count : 0);
  const chosen = ({ pair, dilate }: EvalRecord): ChosenPair => ({ pair, dilate });
  return {
    examples: examples.map(chosen),
    best: ranked.slice(0, most).map(chosen),
    worst: ranked.toReversed().slice(0, most).map(chosen),
    dilated: complete.flatMap(({ pair }) => dilations.map((dilate) => ({ pair, dilate }))),
  };
}
