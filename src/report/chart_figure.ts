/**
 * A chart with its title, its last value and the data that a script shows under the pointer.
 * @module
 */
import { thinCurve } from "./curve.ts";
import { type Html, markup } from "./html.ts";
import { formatCount, formatNumber } from "./number_text.ts";
import { type ChartSeries, drawChart, type DrawChartOptions } from "./svg_chart.ts";

/** Options of {@linkcode chartFigure}. */
export interface ChartFigureOptions extends Omit<DrawChartOptions, "scale" | "label"> {
  /** What the chart shows, with its unit. */
  readonly title: string;
  /** Index of the series whose last value stands beside the title. */
  readonly headline: number;
  /**
   * Draws a second time with a logarithmic axis, between which the page switches.
   * @default false
   */
  readonly hasLogScale?: boolean;
  /**
   * Writes the value beside the title.
   * @default `format`, or {@linkcode formatNumber}
   */
  readonly formatValue?: (value: number) => string;
  /** A line under the chart. */
  readonly note?: string | Html;
}

/** Columns of a chart that may each hold two points; finer than that nobody sees. */
const COLUMNS = 200;

/** Draws a figure; a chart without values says so. */
export function chartFigure(options: ChartFigureOptions): Html {
  const { title, headline, hasLogScale = false, note, formatValue, ...rest } = options;
  const series = options.series.map((one) => ({ ...one, points: thinCurve(one.points, COLUMNS) }));
  const last = options.series[headline]?.points.at(-1);
  const name = markup`<span class="chart-name">${title}</span>`;
  const foot = note === undefined ? undefined : markup`<p class="chart-note">${note}</p>`;
  if (last === undefined) {
    const empty = markup`<p class="empty">No values yet</p>`;
    return markup`<figure class="chart"><figcaption>${name}</figcaption>${empty}${foot}</figure>`;
  }
  const write = formatValue ?? options.format ?? formatNumber;
  const label = `${title} over steps; ${write(last[1])} at step ${formatCount(last[0])}`;
  const canBeLog = hasLogScale && series.every(({ points }) => points.every(([, y]) => y > 0));
  const draw = (scale: "linear" | "log") => drawChart({ ...rest, series, label, scale });
  const onlyLinear = hasLogScale && !canBeLog
    ? markup`<p class="chart-note when-log">Linear: has values that are not above 0</p>`
    : undefined;
  return markup`<figure class="chart${canBeLog ? " has-log" : ""}" data-curves="${
    curveData(series, options.xRange)
  }">
<figcaption>${name}<span class="chart-value">${write(last[1])}</span></figcaption>
<div class="plot">${draw("linear")}${canBeLog ? draw("log") : undefined}</div>${onlyLinear}${foot}
</figure>`;
}

/** What the script needs to show values: the range of steps, and the points by series. */
function curveData(series: readonly ChartSeries[], xRange: readonly [number, number]): string {
  return JSON.stringify({
    x: xRange,
    series: series.map(({ name, tone, points }) => ({
      name,
      tone,
      points: points.map(([x, y]) => [x, Number(y.toPrecision(5))]),
    })),
  });
}
