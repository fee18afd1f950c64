/**
 * The part of an evaluation's page that compares methods pair by pair.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { intervalBar } from "../interval_bar.ts";
import { formatCount } from "../number_text.ts";
import { differencesOf, differenceWriter } from "./difference_text.ts";
import type { EvalComparison, EvalComparisonRow } from "./eval_page_record.ts";
import { methodKey, methodTone } from "./method_mark.ts";

/** Draws a table a comparison; undefined without any. */
export function comparisonSection(
  comparisons: readonly EvalComparison[],
  methods: readonly string[],
): Html | undefined {
  if (comparisons.length === 0) return undefined;
  return markup`<section id="comparisons">
<h2>Method against method, on the same pairs</h2>
<p>Differences pair by pair, so that what is hard for both does not count. A method is called better where the 95 % interval of the mean difference lies on one side of 0, of six pairs or more.</p>
${comparisons.map((comparison) => comparisonTable(comparison, methods))}
</section>`;
}

function comparisonTable(comparison: EvalComparison, methods: readonly string[]): Html {
  const { a, b, score, unit, rows } = comparison;
  // One scale for all rows, with 0 in it.
  const ends = differencesOf(rows);
  const write = differenceWriter(ends);
  const range = [Math.min(0, ...ends), Math.max(0, ...ends)] as const;
  const isOf = (method: string) => methods.indexOf(method);
  const verdict = ({ verdict }: EvalComparisonRow) => {
    if (verdict === "unclear") return markup`<td class="verdict quiet">unclear</td>`;
    const better = comparison[verdict];
    const index = isOf(better);
    return markup`<td class="verdict">${
      index < 0 ? undefined : methodKey(index)
    }<b>${better}</b></td>`;
  };
  const tone = (row: EvalComparisonRow) => {
    const index = row.verdict === "unclear" ? -1 : isOf(comparison[row.verdict]);
    return index < 0 ? "unclear" : methodTone(index);
  };
  return markup`<div class="comparison"><h3>${a} against ${b}: ${score}${
    unit === "" ? "" : `, ${unit}`
  }</h3>
<div class="scroll"><table>
<thead><tr><th scope="col">Holes</th><th scope="col"></th><th scope="col">Pairs</th><th scope="col">${a} less ${b}</th><th scope="col">95 % interval</th><th scope="col"><span class="unseen">Interval</span></th><th scope="col">${a} wins</th><th scope="col" class="verdict">Better</th></tr></thead>
<tbody>${
    rows.map((row) =>
      markup`<tr class="${row.bin === "all" ? "sum" : ""}"><th scope="row">${row.bin}</th><td>${
        row.border === "both" ? "N+B" : row.border
      }</td><td>${formatCount(row.pairs)}</td><td>${write(row.mean)}</td><td>${
        intervalText(row, write)
      }</td><td>${intervalBar(row, range, tone(row))}</td><td>${formatCount(row.wins)}</td>${
        verdict(row)
      }</tr>`
    )
  }</tbody>
</table></div></div>`;
}

function intervalText(
  { low, high }: EvalComparisonRow,
  write: (value: number) => string,
): string {
  return low === null || high === null ? "–" : `${write(low)} to ${write(high)}`;
}
