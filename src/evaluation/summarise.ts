/**
 * From lines of an evaluation to its table.
 * @module
 */
import { HOLE_BINS, type HoleBin } from "../metrics/hole_bin.ts";
import { inceptionScore } from "../metrics/inception_score.ts";
import { bootstrapMean } from "./bootstrap.ts";
import type { EvalRecord, ResultView } from "./eval_record.ts";
import type { Estimate, EvalRow, EvalTable, ScoreName } from "./eval_table.ts";
import { median } from "./median.ts";

/** Bins in the order of the table. */
const BINS: readonly EvalRow["bin"][] = ["below", ...HOLE_BINS.keys(), "above", "all"];

const BORDERS: readonly EvalRow["border"][] = ["N", "B", "both"];

const VIEWS: readonly ResultView[] = ["composite", "hole", "raw"];

/** The scores that are means over pairs. */
export const MEAN_SCORES: readonly Exclude<ScoreName, "inception">[] = [
  ...VIEWS.flatMap((view) => [`${view}.l1Percent`, `${view}.psnr`, `${view}.ssim`] as const),
  "lpips",
  "divergence",
];

/**
 * Makes the table: for every dilation, bin, border class and method the means over its pairs with bootstrap intervals.
 * The order of `records` does not matter, so shards that were put together give the table of one run.
 *
 * @param methods In the order of the table; records of others are left out.
 */
export function summarise(
  records: readonly EvalRecord[],
  { methods }: { readonly methods: readonly string[] },
): EvalTable {
  const known = records.filter(({ method }) => methods.includes(method))
    .toSorted((a, b) => a.pair - b.pair);
  const dilations = [...new Set(known.map(({ dilate }) => dilate))].sort((a, b) => a - b);
  const rows: EvalRow[] = [];
  for (const dilate of dilations) {
    for (const bin of BINS) {
      for (const border of BORDERS) {
        for (const method of methods) {
          const inside = known.filter((record) =>
            record.dilate === dilate && record.method === method && isInBin(record, bin) &&
            (border === "both" || record.border === border)
          );
          if (inside.length > 0) rows.push(makeRow({ method, dilate, bin, border }, inside));
        }
      }
    }
  }
  return { methods: [...methods], dilations, rows };
}

/** Reads a score from a line; undefined if it has none, or no finite one. */
export function scoreOf(
  record: EvalRecord,
  name: Exclude<ScoreName, "inception">,
): number | undefined {
  if (name === "lpips" || name === "divergence") return record[name] ?? undefined;
  const [view, score] = name.split(".") as [ResultView, "l1Percent" | "psnr" | "ssim"];
  return record.scores[view]?.[score] ?? undefined;
}

/** True for the pairs of a bin; "all" is the six bins of the paper, and not what lies outside them. */
export function isInBin(record: Pick<HoleBin, "bin">, bin: EvalRow["bin"]): boolean {
  return bin === "all" ? typeof record.bin === "number" : record.bin === bin;
}

function makeRow(
  key: Pick<EvalRow, "method" | "dilate" | "bin" | "border">,
  records: readonly EvalRecord[],
): EvalRow {
  const scores: Partial<Record<ScoreName, Estimate>> = {};
  for (const name of MEAN_SCORES) {
    const values = records.map((record) => scoreOf(record, name)).filter(isNumber);
    const estimate = bootstrapMean(values);
    if (estimate !== undefined) scores[name] = estimate;
  }
  const posteriors = records.map(({ posterior }) => posterior).filter((text) => text !== undefined);
  if (posteriors.length > 0) {
    scores.inception = {
      mean: inceptionScore(posteriors.map(decodePosterior)),
      low: null,
      high: null,
      deviation: null,
      count: posteriors.length,
    };
  }
  const times = records.map(({ elapsedMs }) => elapsedMs).filter(isNumber);
  return {
    ...key,
    pairs: records.length,
    identical: records.filter(({ scores: { composite } }) => composite.psnr === null).length,
    scores,
    medianMs: times.length === 0 ? null : median(times),
  };
}

function isNumber(value: number | null | undefined): value is number {
  return value !== undefined && value !== null;
}

/** Base64 of little-endian float32, as a record holds it. */
function decodePosterior(text: string): Float32Array {
  return new Float32Array(Uint8Array.fromBase64(text).buffer);
}
