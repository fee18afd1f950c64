/**
 * From lines of an evaluation of super-resolution to its table.
 * @module
 */
import { bootstrapMean } from "../bootstrap.ts";
import { LEAST_PAIRS } from "../compare.ts";
import type { Estimate } from "../eval_table.ts";
import { median } from "../median.ts";
import type { SuperresRecord, SuperresScore } from "./superres_record.ts";
import type { SuperresDifference, SuperresRow, SuperresTable } from "./superres_table.ts";

/** What every method is compared with. */
export const REFERENCE = "bicubic";

const SCORES: readonly SuperresScore[] = ["psnrY", "ssimY", "psnrRgb", "ssimRgb"];

const COMPARED = ["psnrY", "ssimY"] as const;

/** Options of {@linkcode summariseSuperres}. */
export interface SummariseSuperresOptions {
  /** Methods in the order of the table; results of others are left out. */
  readonly methods: readonly string[];
  /** Scales of the table; results of others are left out. */
  readonly scales: readonly number[];
}

/**
 * Makes the table of all results. Results count in the order of their pictures' names, so that a run that was
 * interrupted ends in the intervals of one that was not.
 */
export function summariseSuperres(
  records: readonly SuperresRecord[],
  { methods, scales }: SummariseSuperresOptions,
): SuperresTable {
  const rising = scales.toSorted((a, b) => a - b);
  const sorted = records.toSorted((a, b) => a.image < b.image ? -1 : a.image > b.image ? 1 : 0);
  const of = (scale: number, method: string) =>
    sorted.filter((record) => record.scale === scale && record.method === method);
  const rows = rising.flatMap((scale) =>
    methods.map((method) => ({ scale, method, mine: of(scale, method) }))
      .filter(({ mine }) => mine.length > 0)
      .map(({ mine, ...key }): SuperresRow => ({ ...key, ...summary(mine) }))
  );
  const differences = rising.flatMap((scale) =>
    methods.filter((method) => method !== REFERENCE).flatMap((method) =>
      compare(of(scale, method), of(scale, REFERENCE))
    )
  );
  return { scales: rising, methods, reference: REFERENCE, rows, differences };
}

function summary(records: readonly SuperresRecord[]): Omit<SuperresRow, "scale" | "method"> {
  const scores: Partial<Record<SuperresScore, Estimate>> = {};
  for (const score of SCORES) {
    const values = records.map((record) => record[score]).filter((value) => value !== null);
    const estimate = bootstrapMean(values);
    if (estimate !== undefined) scores[score] = estimate;
  }
  const times = records.map(({ elapsedMs }) => elapsedMs).filter((value) => value !== null);
  return {
    images: records.length,
    identical: records.filter(({ psnrY }) => psnrY === null).length,
    scores,
    medianMs: times.length === 0 ? null : median(times),
  };
}

/** Differences on the same pictures; those that lack a score of either are left out. */
function compare(
  mine: readonly SuperresRecord[],
  reference: readonly SuperresRecord[],
): SuperresDifference[] {
  const theirs = new Map(reference.map((record) => [record.image, record]));
  return COMPARED.flatMap((score): SuperresDifference[] => {
    const values = mine.flatMap((record) => {
      const [value, other] = [record[score], theirs.get(record.image)?.[score] ?? null];
      return value === null || other === null ? [] : [value - other];
    });
    const estimate = bootstrapMean(values);
    if (estimate === undefined) return [];
    const { scale, method } = mine[0]!;
    const { mean, low, high, count } = estimate;
    const isClear = count >= LEAST_PAIRS && low !== null && high !== null && (low > 0 || high < 0);
    const wins = values.filter((value) => value > 0).length;
    const verdict = !isClear ? "unclear" : mean > 0 ? "better" : "worse";
    return [{ scale, method, score, images: count, mean, low, high, wins, verdict }];
  });
}
