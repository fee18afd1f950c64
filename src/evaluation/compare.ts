/**
 * Which of two methods is better, pair by pair.
 * @module
 */
import { HOLE_BINS } from "../metrics/hole_bin.ts";
import { bootstrapMean } from "./bootstrap.ts";
import type { EvalRecord } from "./eval_record.ts";
import type { EvalRow, ScoreName } from "./eval_table.ts";
import { isInBin, scoreOf } from "./summarise.ts";

/** A score that is compared, and which way is better. */
export interface ComparedScore {
  /** As records and tables call it. */
  readonly name: Exclude<ScoreName, "inception">;
  /** As a person calls it. */
  readonly label: string;
  /** Empty if it has none. */
  readonly unit: string;
  /** Digits after the point that are worth showing. */
  readonly digits: number;
  /** False of errors and distances. */
  readonly isHigherBetter: boolean;
}

/** The scores that methods are compared by. */
export const COMPARED_SCORES: readonly ComparedScore[] = [
  { name: "hole.psnr", label: "hole PSNR", unit: "dB", digits: 2, isHigherBetter: true },
  { name: "composite.psnr", label: "PSNR", unit: "dB", digits: 2, isHigherBetter: true },
  { name: "composite.ssim", label: "SSIM", unit: "", digits: 4, isHigherBetter: true },
  { name: "composite.l1Percent", label: "l1", unit: "%", digits: 3, isHigherBetter: false },
  { name: "lpips", label: "LPIPS", unit: "", digits: 4, isHigherBetter: false },
  { name: "divergence", label: "divergence", unit: "nats", digits: 3, isHigherBetter: false },
];

/**
 * Pairs below which nobody is called better: even if all of five agree, a sign test does not reach 5 % (2 · 0.5⁵ = 6 %),
 * and bootstrap intervals of so few are too narrow.
 */
export const LEAST_PAIRS = 6;

/** The difference between two methods on the pairs of one class that both were scored on. */
export interface Difference {
  /** Side of the kernel that holes were grown by, in pixels where the smaller side is 512. */
  readonly dilate: number;
  /** Class of the hole's share of the picture; "all" for the six bins together. */
  readonly bin: EvalRow["bin"];
  /** N where no hole touches the border, B where one does, or both. */
  readonly border: EvalRow["border"];
  /** Pairs of the class that both methods have a finite score on. */
  readonly pairs: number;
  /** Score of A minus that of B, mean over pairs. */
  readonly mean: number;
  /** Lower end of the 95 % bootstrap interval of the mean; null for a single pair. */
  readonly low: number | null;
  /** The upper end. */
  readonly high: number | null;
  /** Pairs on which A is better. */
  readonly wins: number;
  /** "unclear" if the interval holds 0, or there are fewer than {@linkcode LEAST_PAIRS} pairs. */
  readonly verdict: "a" | "b" | "unclear";
}

/** What {@linkcode compareRecords} returns. */
export interface Comparison {
  /** By dilation, bin and border; classes without a common pair have none. */
  readonly differences: readonly Difference[];
  /** Pairs that A was scored on and B was not. */
  readonly onlyA: number;
  /** The same of B. */
  readonly onlyB: number;
}

const BINS: readonly EvalRow["bin"][] = ["below", ...HOLE_BINS.keys(), "above", "all"];
const BORDERS: readonly EvalRow["border"][] = ["N", "B", "both"];

/**
 * Compares two methods by the differences on the pairs they have in common; pairs are the same if image, mask,
 * dilation and size are. Pairs that one of them has no finite score on are left out.
 */
export function compareRecords(
  a: readonly EvalRecord[],
  b: readonly EvalRecord[],
  { name, isHigherBetter }: ComparedScore,
): Comparison {
  const theirs = new Map(b.map((record) => [pairKey(record), record]));
  const common = a.flatMap((record) => {
    const other = theirs.get(pairKey(record));
    return other === undefined ? [] : [{ record, other }];
  }).toSorted((x, y) => x.record.pair - y.record.pair);
  const scored = common.flatMap(({ record, other }) => {
    const [mine, yours] = [scoreOf(record, name), scoreOf(other, name)];
    return mine === undefined || yours === undefined ? [] : [{ record, value: mine - yours }];
  });
  const dilations = [...new Set(scored.map(({ record }) => record.dilate))].sort((x, y) => x - y);
  const differences = dilations.flatMap((dilate) =>
    BINS.flatMap((bin) =>
      BORDERS.flatMap((border): Difference[] => {
        const values = scored.filter(({ record }) =>
          record.dilate === dilate && isInBin(record, bin) &&
          (border === "both" || record.border === border)
        ).map(({ value }) => value);
        const estimate = bootstrapMean(values);
        if (estimate === undefined) return [];
        const { mean, low, high, count } = estimate;
        const sign = isHigherBetter ? 1 : -1;
        const wins = values.filter((value) => sign * value > 0).length;
        const isClear = count >= LEAST_PAIRS && low !== null && high !== null &&
          (low > 0 || high < 0);
        const verdict = !isClear ? "unclear" : sign * mean > 0 ? "a" : "b";
        return [{
          dilate,
          bin,
          border,
          pairs: count,
          mean,
          low,
          high,
          wins,
          verdict,
        }];
      })
    )
  );
  return {
    differences,
    onlyA: a.length - common.length,
    onlyB: b.length - common.length,
  };
}

/** What makes two lines of different runs speak of the same pair. */
function pairKey({ image, mask, dilate, width, height, ratio }: EvalRecord): string {
  return JSON.stringify([image, mask, dilate, width, height, ratio]);
}
