/**
 * A chart of values by category, one curve a method, with intervals; as SVG.
 * @module
 */
import { type Axis, createAxis } from "../axis.ts";
import { type Html, markup } from "../html.ts";
import { CHART_FRAME } from "../svg_chart.ts";
import { methodMark, methodTone } from "./method_mark.ts";

/** A value with the ends of its interval. */
export interface BinPoint {
  /** Finite. */
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Stands under the pointer. */
  readonly note: string;
}

/** Options of {@linkcode drawBinChart}. */
export interface DrawBinChartOptions {
  /** Says what is shown to those who cannot see it. */
  readonly label: string;
  /** Labels of the x axis, short: six of them share 330 units of which a letter takes 6. */
  readonly categories: readonly string[];
  /** One a method, in the order of the table; a point a category, undefined where there is none. */
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (BinPoint | undefined)[];
  }[];
  /**
   * "log" needs values above 0.
   * @default "linear"
   */
  readonly scale?: "linear" | "log";
}

/** Units between two methods of one category, so that their intervals do not cover each other. */
const MOST_SHIFT = 5;

/** Draws a chart; undefined if there is no value. */
export function drawBinChart(options: DrawBinChartOptions): Html | undefined {
  const { label, categories, series, scale = "linear" } = options;
  const values = series.flatMap(({ points }) => points)
    .flatMap((point) => point === undefined ? [] : [point.value, point.low, point.high])
    .filter((value) => value !== null);
  if (values.length === 0) return undefined;
  const { width, height, left, right, top, bottom } = CHART_FRAME;
  const axis = createAxis(Math.min(...values), Math.max(...values), {
    scale,
    ticks: 5,
    padding: 0.06,
  });
  const slot = (right - left) / categories.length;
  const shift = Math.min(MOST_SHIFT, slot * 0.6 / series.length);
  const toX = (category: number, method: number) =>
    round(left + (category + 0.5) * slot + (method - (series.length - 1) / 2) * shift);
  const toY = (value: number) => round(bottom - axis.place(value) * (bottom - top));
  const labels = categories.map((name, i) =>
    markup`<text class="tick middle" x="${round(left + (i + 0.5) * slot)}" y="${
      bottom + 18
    }">${name}</text>`
  );
  const curves = series.map((one, i) =>
    drawCurve({ ...one, index: i, toY, toX: (at) => toX(at, i) })
  );
  return markup`<svg class="bins" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${drawValues(axis, toY)}
<path class="axis" d="M${left} ${bottom}H${right}"/>
${labels}
${curves}
</svg>`;
}

function drawValues(axis: Axis, toY: (value: number) => number): Html[] {
  const { left, right } = CHART_FRAME;
  return axis.ticks.map(({ value, label }) => {
    const y = toY(value);
    const text = markup`<text class="tick" x="${left - 7}" y="${y}" dy=".35em">${label}</text>`;
    return markup`<path class="grid" d="M${left} ${y}H${right}"/>${text}`;
  });
}

interface Curve {
  readonly name: string;
  readonly index: number;
  readonly points: readonly (BinPoint | undefined)[];
  readonly toX: (category: number) => number;
  readonly toY: (value: number) => number;
}

function drawCurve({ name, index, points, toX, toY }: Curve): Html {
  let path = "";
  const marks = points.map((point, at) => {
    if (point === undefined) return undefined;
    const [x, y] = [toX(at), toY(point.value)];
    // A range without pairs is a gap, not a straight line across it.
    path += `${points[at - 1] === undefined ? "M" : "L"}${x} ${y}`;
    const { low, high, note } = point;
    const whisker = low === null || high === null
      ? undefined
      : markup`<path class="whisker" d="M${x - 2} ${toY(low)}h4M${x} ${toY(low)}V${toY(high)}M${
        x - 2
      } ${toY(high)}h4"/>`;
    const target = markup`<circle class="target" cx="${x}" cy="${y}" r="7"/>`;
    return markup`<g><title>${name}: ${note}</title>${whisker}${
      methodMark(index, x, y)
    }${target}</g>`;
  });
  return markup`<g class="curve ${methodTone(index)}"><path class="line" d="${path}"/>${marks}</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
