/**
 * The part of an evaluation's page that has curves over the hole ratio.
 * @module
 */
import type { EvalTable } from "../../evaluation/eval_table.ts";
import { type Html, markup } from "../html.ts";
import { formatCount } from "../number_text.ts";
import { type BinPoint, drawBinChart } from "./bin_chart.ts";
import {
  type Measure,
  measureArrow,
  measureOf,
  measurePhrase,
  measuresIn,
  measureText,
} from "./measures.ts";
import { methodLegend } from "./method_mark.ts";
import { binLabel, binsByRatio, binTick, rowFinder } from "./table_classes.ts";

/** Measures with a chart; the time on a logarithmic axis, as methods differ by powers of ten. */
const CHARTED: readonly Measure["key"][] = [
  "composite.psnr",
  "composite.ssim",
  "composite.l1Percent",
  "hole.psnr",
  "lpips",
  "divergence",
  "time",
];

/** Draws a chart a measure, at the smallest dilation; empty if no pair was scored. */
export function curveSection(table: EvalTable): Html | undefined {
  const dilate = table.dilations[0];
  const measures = measuresIn(table).filter(({ key }) => CHARTED.includes(key))
    .sort((a, b) => CHARTED.indexOf(a.key) - CHARTED.indexOf(b.key));
  if (dilate === undefined || measures.length === 0) return undefined;
  const find = rowFinder(table);
  const bins = binsByRatio(table);
  const charts = measures.map((measure) => {
    const series = table.methods.map((method) => ({
      name: method,
      points: bins.map((bin): BinPoint | undefined => {
        const row = find({ method, dilate, bin, border: "both" });
        const estimate = measureOf(row, measure);
        if (estimate === undefined || !Number.isFinite(estimate.mean)) return undefined;
        return {
          value: estimate.mean,
          ...estimate,
          note: pointNote(binLabel(bin), estimate, measure),
        };
      }),
    }));
    return measureChart({
      measure,
      categories: bins.map(binTick),
      series,
      axis: "Hole, % of the image",
    });
  });
  return markup`<section id="curves">
<h2>Scores over the hole ratio</h2>
<p>Means over the pairs of a range, N and B together${
    table.dilations.length > 1 ? `, dilation kernel ${dilate} px` : ""
  }; whiskers are 95 % intervals. Point at a mark for its figures.</p>
${methodLegend(table.methods)}
<div class="charts">${charts}</div>
</section>`;
}

/** What stands under the pointer: "(0.1, 0.2]: 27.71 dB, 95 % interval 27.10 to 28.32, 20 pairs". */
export function pointNote(
  place: string,
  { mean, low, high, count }: {
    mean: number;
    low: number | null;
    high: number | null;
    count: number;
  },
  measure: Measure,
): string {
  const write = (value: number) => measureText(value, measure);
  const unit = measure.unit === "" ? "" : ` ${measure.unit}`;
  const interval = low === null || high === null
    ? ""
    : `, 95 % interval ${write(low)} to ${write(high)}`;
  return `${place}: ${write(mean)}${unit}${interval}, ${formatCount(count)} pairs`;
}

/** Options of {@linkcode measureChart}. */
export interface MeasureChartOptions {
  readonly measure: Measure;
  readonly categories: readonly string[];
  readonly series: Parameters<typeof drawBinChart>[0]["series"];
  /** What the categories are, with their unit. */
  readonly axis: string;
}

/** A chart with its title and the name of its x axis; undefined if it has no point. */
export function measureChart(
  { measure, categories, series, axis }: MeasureChartOptions,
): Html | undefined {
  const isTime = measure.key === "time";
  const values = series.flatMap(({ points }) => points.map((point) => point?.value ?? 1));
  const chart = drawBinChart({
    label: `${measurePhrase(measure)} of ${series.length} methods by ${axis}`,
    categories,
    series,
    scale: isTime && values.every((value) => value > 0) ? "log" : "linear",
  });
  if (chart === undefined) return undefined;
  const unit = measure.unit === "" ? "" : `, ${measure.unit}`;
  return markup`<figure class="chart"><figcaption><span class="chart-name">${
    measurePhrase(measure)
  }${unit}</span><span class="chart-value">${
    measureArrow(measure)
  } ${measure.better} is better</span></figcaption>
<div class="plot">${chart}</div><p class="chart-note middle">${axis}</p></figure>`;
}
