/**
 * A chart of rates with their intervals, as SVG.
 * @module
 */
import { type Html, markup } from "../html.ts";

/** A rate and the ends of its interval, each in `[0, 1]`. */
export interface RatePoint {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** One curve. */
export interface RateSeries {
  readonly name: string;
  /** Class of its colours; see {@linkcode rateTone}. */
  readonly tone: string;
  /** One for every column; undefined breaks the curve. */
  readonly points: readonly (RatePoint | undefined)[];
}

/** Options of {@linkcode drawRateChart}. */
export interface DrawRateChartOptions {
  /** Says what is shown to those who cannot see it. */
  readonly label: string;
  /** Names of the columns, short. */
  readonly columns: readonly string[];
  readonly series: readonly RateSeries[];
  /**
   * The first columns that stand for themselves: no curve runs from them to the next.
   * @default 0
   */
  readonly apart?: number;
}

const FRAME = { width: 400, height: 230, left: 46, right: 394, top: 10, bottom: 202 };

/** Between the curves of a column, so that intervals do not hide each other. */
const ASIDE = 5;

/** The classes of a curve by its number: four colours of page_style.ts, dashes from the fifth curve on. */
export function rateTone(index: number): string {
  return `lane-${index % 4}${index % 8 >= 4 ? " dashed" : ""}`;
}

/** Draws rates from 0 to 100 %, a column for each condition at equal distances, and a line at 50 %. */
export function drawRateChart(options: DrawRateChartOptions): Html {
  const { label, columns, series, apart = 0 } = options;
  const { width, height, left, right, top, bottom } = FRAME;
  const step = (right - left) / columns.length;
  const toX = (column: number) => round(left + (column + 0.5) * step);
  const toY = (rate: number) => round(bottom - rate * (bottom - top));
  const values = [0, 0.25, 0.5, 0.75, 1].map((rate) => {
    const y = toY(rate);
    const text = markup`<text class="tick" x="${left - 7}" y="${y}" dy=".35em">${
      rate * 100
    } %</text>`;
    const kind = rate === 0.5 ? "grid even" : "grid";
    return markup`<path class="${kind}" d="M${left} ${y}H${right}"/>${text}`;
  });
  const names = columns.map((name, i) =>
    markup`<text class="tick middle" x="${toX(i)}" y="${bottom + 18}">${name}</text>`
  );
  const aside = Math.min(ASIDE, step / (series.length + 1));
  const curves = series.map(({ name, tone, points }, i) => {
    const shift = (i - (series.length - 1) / 2) * aside;
    const place = { toX: (column: number) => round(toX(column) + shift), toY, apart };
    return drawCurve({ name, tone, points }, place);
  });
  return markup`<svg class="rates" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${values}
<path class="axis" d="M${left} ${bottom}H${right}"/>
${names}
${curves}
</svg>`;
}

interface Placement {
  readonly toX: (column: number) => number;
  readonly toY: (rate: number) => number;
  readonly apart: number;
}

function drawCurve({ name, tone, points }: RateSeries, { toX, toY, apart }: Placement): Html {
  let path = "";
  const marks = points.map((point, i) => {
    if (point === undefined) return undefined;
    const [x, y] = [toX(i), toY(point.rate)];
    path += `${i <= apart || points[i - 1] === undefined ? "M" : "L"}${x} ${y}`;
    return markup`<path class="whisker" d="M${x} ${toY(point.low)}V${
      toY(point.high)
    }"/><circle cx="${x}" cy="${y}" r="3"/>`;
  });
  return markup`<g class="curve ${tone}"><title>${name}</title><path d="${path}"/>${marks}</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
