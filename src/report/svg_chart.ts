/**
 * A line chart as SVG.
 * @module
 */
import { type Axis, createAxis } from "./axis.ts";
import type { CurvePoint } from "./curve.ts";
import { type Html, markup } from "./html.ts";
import { formatShort } from "./number_text.ts";

/** One curve of a chart. */
export interface ChartSeries {
  readonly name: string;
  /** Class of its colours; see page_style.ts. */
  readonly tone: string;
  /** Finite values, in ascending order of x. */
  readonly points: readonly CurvePoint[];
  /**
   * Marks every point.
   * @default Only where the curve is a single point
   */
  readonly dots?: boolean;
}

/** Something that held for a while. */
export interface ChartBand {
  readonly label: string;
  /** Ranges of x. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Options of {@linkcode drawChart}. */
export interface DrawChartOptions {
  /** Says what is shown to those who cannot see it. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  /** First value below the second. Charts that stand side by side have the same range. */
  readonly xRange: readonly [low: number, high: number];
  /** "log" needs values above 0. */
  readonly scale: "linear" | "log";
  /** Writes the values of the y axis. */
  readonly format?: (value: number) => string;
  /** Each band has its own lane, the first on top. */
  readonly bands?: readonly ChartBand[];
  /** A vertical line with a label. */
  readonly mark?: { readonly x: number; readonly label: string };
}

/** Measures of every chart in its own units; a script that looks up values needs `left` and `right`. */
export const CHART_FRAME = { width: 400, height: 210, left: 56, right: 390, top: 12, bottom: 182 };

/** About the width of a letter of the labels within a chart, with room to spare. */
const LABEL_ADVANCE = 5.9;

/** Between a label and the line or edge beside it. */
const LABEL_GAP = 5;

/** Draws a chart with grid, axis labels and curves; the x axis counts steps. There must be a point to draw. */
export function drawChart(options: DrawChartOptions): Html {
  const { label, series, scale, format, bands = [], mark } = options;
  const { width, height, left, right, top, bottom } = CHART_FRAME;
  const yAxis = createAxis(...rangeOf(series), {
    scale,
    ticks: 5,
    padding: 0.06,
    ...(format === undefined ? {} : { format }),
  });
  const xAxis = createAxis(...options.xRange, { scale: "linear", ticks: 5, format: formatShort });
  const toX = (value: number) => round(left + xAxis.place(value) * (right - left));
  const toY = (value: number) => round(bottom - yAxis.place(value) * (bottom - top));
  const place: Placement = { toX, toY };
  return markup`<svg class="${scale}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${drawValues(yAxis, place)}
${drawBands(bands, place)}
<path class="axis" d="M${left} ${bottom}H${right}"/>
${drawSteps(xAxis, place)}
${mark === undefined ? undefined : drawMark(mark, place)}
${series.map((one) => drawSeries(one, place))}
</svg>`;
}

interface Placement {
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

function rangeOf(series: readonly ChartSeries[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { points } of series) {
    for (const [, y] of points) [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  return [low, high];
}

function drawValues(axis: Axis, { toY }: Placement): Html[] {
  const { left, right } = CHART_FRAME;
  return axis.ticks.map(({ value, label }) => {
    const y = toY(value);
    const text = markup`<text class="tick" x="${left - 7}" y="${y}" dy=".35em">${label}</text>`;
    return markup`<path class="grid" d="M${left} ${y}H${right}"/>${text}`;
  });
}

function drawSteps(axis: Axis, { toX }: Placement): Html[] {
  const { right, bottom } = CHART_FRAME;
  return axis.ticks.filter(({ value }) => Number.isInteger(value)).map(({ value, label }) => {
    const x = toX(value);
    // A label in the middle of the last tick would be cut off.
    const isLast = x > right - 16;
    const text = markup`<text class="tick ${isLast ? "" : "middle"}" x="${isLast ? right : x}" y="${
      bottom + 18
    }">${label}</text>`;
    return markup`<path class="axis" d="M${x} ${bottom}v4"/>${text}`;
  });
}

function drawSeries({ name, tone, points, dots }: ChartSeries, { toX, toY }: Placement): Html {
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${toX(x)} ${toY(y)}`).join("");
  const marked = dots === true || points.length === 1 ? points : [];
  const circles = marked.map(([x, y]) => markup`<circle cx="${toX(x)}" cy="${toY(y)}" r="2.4"/>`);
  return markup`<g class="curve ${tone}"><title>${name}</title><path d="${path}"/>${circles}</g>`;
}

function drawBands(bands: readonly ChartBand[], { toX }: Placement): Html[] {
  const { top, bottom } = CHART_FRAME;
  const lane = (bottom - top) / bands.length;
  return bands.map(({ label, ranges }, i) => {
    const y = round(top + i * lane);
    const boxes = ranges.map(([from, to]) => {
      const wide = round(Math.max(1, toX(to) - toX(from)));
      return markup`<rect x="${toX(from)}" y="${y}" width="${wide}" height="${round(lane)}"/>`;
    });
    const text = sideLabel(toX(ranges[0]?.[0] ?? 0), y + 13, label);
    return markup`<g class="band lane-${i % 4}">${boxes}${text}</g>`;
  });
}

function drawMark({ x, label }: { x: number; label: string }, { toX }: Placement): Html {
  const { top, bottom } = CHART_FRAME;
  const line = markup`<path d="M${toX(x)} ${top}V${bottom}"/>`;
  // Above the plot, where no curve is.
  return markup`<g class="mark">${line}${sideLabel(toX(x) - LABEL_GAP, top - 4, label)}</g>`;
}

/** A text that starts beside `x`, or ends at the right edge where it would reach beyond. */
function sideLabel(x: number, y: number, label: string): Html {
  const { left, right } = CHART_FRAME;
  const most = Math.floor((right - left) / LABEL_ADVANCE) - 2;
  const text = label.length <= most ? label : `${label.slice(0, most - 1)}…`;
  const isEnd = x + LABEL_GAP + text.length * LABEL_ADVANCE > right;
  const at = isEnd ? right - LABEL_GAP : x + LABEL_GAP;
  return markup`<text class="${isEnd ? "end" : "start"}" x="${round(at)}" y="${
    round(y)
  }">${text}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
