/**
 * Where the ticks of an axis stand.
 * @module
 */
import { formatFixed, formatNumber, shortExponential } from "./number_text.ts";

/** An axis of a chart. */
export interface Axis {
  /** Place of a value: 0 at the low end of the axis, 1 at the high end. */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** Options of {@linkcode createAxis}. */
export interface CreateAxisOptions {
  /** A logarithmic axis needs values above 0. */
  readonly scale: "linear" | "log";
  /** About how many ticks. */
  readonly ticks: number;
  /**
   * Share of the range that stays free at both ends.
   * @default 0
   */
  readonly padding?: number;
  /**
   * Writes a value.
   * @default As many decimals as tell the ticks apart
   */
  readonly format?: (value: number) => string;
}

/**
 * Makes an axis for values from `low` to `high`; the two may be equal.
 *
 * @throws {RangeError} If an end is not finite, or not above 0 on a logarithmic axis.
 */
export function createAxis(low: number, high: number, options: CreateAxisOptions): Axis {
  const { scale, padding = 0 } = options;
  const isLog = scale === "log";
  if (!Number.isFinite(low) || !Number.isFinite(high) || (isLog && low <= 0)) {
    throw new RangeError(`Cannot draw a ${scale} axis from ${low} to ${high}`);
  }
  const forth = isLog ? Math.log10 : (value: number) => value;
  const back = isLog ? (value: number) => 10 ** value : (value: number) => value;
  let [start, end] = [forth(low), forth(high)];
  if (end - start <= Math.abs(end) * 1e-9) {
    const room = isLog ? 0.3 : Math.abs(end) * 0.1 || 1;
    [start, end] = [start - room, end + room];
  }
  const rim = (end - start) * padding;
  [start, end] = [start - rim, end + rim];
  const values = isLog
    ? logTicks(back(start), back(end), options.ticks)
    : linearTicks(start, end, options.ticks);
  const format = options.format ?? tickFormat(values);
  return {
    place: (value) => (forth(value) - start) / (end - start),
    ticks: values.map((value) => ({ value, label: format(value) })),
  };
}

/** Writes ticks alike: where one needs a decimal, all have it. */
function tickFormat(values: readonly number[]): (value: number) => string {
  const gap = Math.min(...values.slice(1).map((value, i) => value - values[i]!));
  const isEven = Math.max(...values) - Math.min(...values) < 20 * gap;
  const decimals = Math.max(0, Math.ceil(-Math.log10(gap) - 1e-9));
  const isPlain = isEven && gap >= 1e-3 && gap < 1000;
  if (isPlain) return (value) => formatFixed(value, decimals);
  const isTiny = isEven && Math.max(...values.map(Math.abs)) < 0.01;
  return (value) => isTiny && value !== 0 ? shortExponential(value) : formatNumber(value);
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function linearTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const distance = (factor: number) => Math.abs(Math.log(factor * power / rough));
  const step = power *
    [1, 2, 5, 10].reduce((best, factor) => distance(factor) < distance(best) ? factor : best);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    // Removes the tail of 3 * 0.1.
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

/** Powers of ten; with 2 and 5 between them if they are few; plain ones if even these are. */
function logTicks(low: number, high: number, count: number): number[] {
  const decades = Math.log10(high / low);
  const stride = Math.max(1, Math.ceil(decades / count));
  const factors = decades > 2.5 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(low) / stride) * stride;
  for (let power = first; 10 ** power <= high; power += stride) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(12));
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks.length >= 2 ? ticks : linearTicks(low, high, count);
}
