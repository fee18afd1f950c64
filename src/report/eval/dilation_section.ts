/**
 * The part of an evaluation's page that shows what becomes of results as holes grow, as figure 10 of the paper.
 * @module
 */
import type { Estimate, EvalTable } from "../../evaluation/eval_table.ts";
import { type Html, markup } from "../html.ts";
import type { BinPoint } from "./bin_chart.ts";
import { measureChart, pointNote } from "./curve_section.ts";
import type { EvalExample, EvalPageRecord } from "./eval_page_record.ts";
import { type Measure, measureOf, measuresIn } from "./measures.ts";
import { methodKey, methodLegend } from "./method_mark.ts";
import { embed, psnrText } from "./picture_slider.ts";
import { rowFinder, type RowKey } from "./table_classes.ts";

const CHARTED: readonly Measure["key"][] = [
  "composite.psnr",
  "composite.ssim",
  "composite.l1Percent",
  "hole.psnr",
  "lpips",
  "divergence",
];

/**
 * Draws curves of scores over the dilation and a strip of examples; undefined for a single dilation.
 *
 * The curves are of all pairs. Holes that grow leave the six ranges, and a mean over "all" would lose the hardest ones
 * and rise.
 *
 * Source: Liu et al. 2018, figure 10.
 */
export function dilationSection(
  { table, dilationExamples, primary }: Pick<
    EvalPageRecord,
    "table" | "dilationExamples" | "primary"
  >,
): Html | undefined {
  const { dilations, methods } = table;
  if (dilations.length < 2) return undefined;
  const measures = measuresIn(table).filter(({ key }) => CHARTED.includes(key))
    .sort((a, b) => CHARTED.indexOf(a.key) - CHARTED.indexOf(b.key));
  const charts = measures.map((measure) => {
    const series = methods.map((method) => ({
      name: method,
      points: dilations.map((dilate): BinPoint | undefined => {
        const estimate = meanOverAll(table, { method, dilate }, measure);
        if (estimate === undefined || !Number.isFinite(estimate.mean)) return undefined;
        const note = pointNote(`kernel ${dilate} px`, estimate, measure);
        return { value: estimate.mean, low: estimate.low, high: estimate.high, note };
      }),
    }));
    return measureChart({
      measure,
      categories: dilations.map(String),
      series,
      axis: "Dilation kernel, px at 512",
    });
  });
  return markup`<section id="dilation">
<h2>Scores as holes grow</h2>
<p>The same pairs with holes grown by kernels of ${
    dilations.join(", ")
  } pixels, as in figure 10 of the paper: means over all pairs, of those outside the six ranges too.</p>
${methodLegend(methods)}
<div class="charts">${charts}</div>
${byImage(dilationExamples).map((examples) => strip(examples, { methods, primary }))}
</section>`;
}

/** The mean over the pairs of all ranges; an interval only where one row has all of them. */
function meanOverAll(
  table: EvalTable,
  { method, dilate }: Pick<RowKey, "method" | "dilate">,
  measure: Measure,
): Estimate | undefined {
  const find = rowFinder(table);
  const known = (["all", "below", "above"] as const)
    .map((bin) => measureOf(find({ method, dilate, bin, border: "both" }), measure))
    .filter((estimate) => estimate !== undefined);
  if (known.length < 2) return known[0];
  const count = known.reduce((sum, one) => sum + one.count, 0);
  const mean = known.reduce((sum, one) => sum + one.mean * one.count, 0) / count;
  return { mean, low: null, high: null, deviation: null, count };
}

/** Examples of one image and mask, by dilation. */
function byImage(examples: readonly EvalExample[]): EvalExample[][] {
  const groups = Map.groupBy(examples, ({ image, mask }) => JSON.stringify([image, mask]));
  return [...groups.values()].map((group) => group.toSorted((a, b) => a.dilate - b.dilate));
}

/** A column a dilation; the input on top, a row a method below, the primary one first. */
function strip(
  examples: readonly EvalExample[],
  { methods, primary }: { methods: readonly string[]; primary: string },
): Html {
  const shown = methods.filter((method) =>
    examples.some(({ results }) => results.some((result) => result.method === method))
  ).sort((a, b) => Number(b === primary) - Number(a === primary));
  const head = examples.map(({ dilate, ratio }) =>
    markup`<th scope="col">${dilate} px <small>${Math.round(ratio * 100)} % hole</small></th>`
  );
  const input = examples.map((example) =>
    markup`<td>${embed(example, example.damaged, `Input, kernel ${example.dilate} px`)}</td>`
  );
  const rows = shown.map((method) =>
    markup`<tr><th scope="row">${methodKey(methods.indexOf(method))}${method}</th>${
      examples.map((example) => {
        const result = example.results.find((result) => result.method === method);
        if (result === undefined) return markup`<td class="quiet">–</td>`;
        const text = `${method}, kernel ${example.dilate} px`;
        return markup`<td>${embed(example, result.picture, text)}<small>${
          psnrText(result)
        }</small></td>`;
      })
    }</tr>`
  );
  return markup`<div class="scroll"><table class="strip">
<caption>${examples[0]!.image} <span class="quiet">mask ${
    examples[0]!.mask
  }; below each result the PSNR of the holes</span></caption>
<thead><tr><td></td>${head}</tr></thead>
<tbody><tr><th scope="row">input</th>${input}</tr>${rows}</tbody>
</table></div>`;
}
