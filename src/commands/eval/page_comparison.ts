/**
 * A comparison as tables and pages take it.
 * @module
 */
import type { ComparedScore, Comparison } from "../../evaluation/compare.ts";
import { holeBinName } from "../../metrics/hole_bin.ts";
import type { EvalComparison } from "../../report/eval/eval_page_record.ts";

/** Names bins and score of a comparison. Of dilated holes only the least dilation is shown. */
export function pageComparison(
  a: string,
  b: string,
  { label, unit }: ComparedScore,
  { differences }: Comparison,
): EvalComparison {
  const least = Math.min(...differences.map(({ dilate }) => dilate));
  return {
    ...{ a, b, score: label, unit },
    rows: differences.filter(({ dilate }) => dilate === least).map(({ bin, ...rest }) => ({
      ...rest,
      bin: bin === "all" ? bin : holeBinName(bin),
    })),
  };
}
