/**
 * Which weights a sweep tries.
 * @module
 */
import type { PairFlag } from "../../cli/flag.ts";
import { SETTINGS } from "../../cli/settings_table.ts";
import { createRandom } from "../../random.ts";

/** The weights that one loss may have. */
export type Dimension =
  | { readonly loss: string; readonly values: readonly number[] }
  | { readonly loss: string; readonly low: number; readonly high: number; readonly isLog: boolean };

/** Weights by loss. */
export type Weights = Readonly<Record<string, number>>;

const DECIMAL = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** The limits of `--loss`. */
const { max: MOST } = SETTINGS.find(({ key }) => key === "losses")!.flag as PairFlag;

/** Sets these streams of chance apart from those of training, which use `(seed, index)`. */
const STREAM = 0x5eeb;

/** Draws in a row that give nothing new before the space counts as used up. */
const MOST_REPEATS = 1000;

/** Digits of a drawn weight: what is printed is what was tried. */
const DIGITS = 4;

/**
 * Reads `hole=3,6,12`, `hole=3:12` or `hole=3:12:log`.
 *
 * @returns Undefined if the text is nothing of that; a range must rise, and one with `log` must begin above 0.
 */
export function parseDimension(text: string): Dimension | undefined {
  const equals = text.indexOf("=");
  const loss = text.slice(0, equals);
  const rest = text.slice(equals + 1);
  if (equals < 1) return undefined;
  if (!rest.includes(":")) {
    const values = rest.split(",").map(readWeight);
    return values.every((value) => value !== undefined)
      ? { loss, values: [...new Set(values)] }
      : undefined;
  }
  const [lowText = "", highText = "", scale, ...more] = rest.split(":");
  const [low, high] = [readWeight(lowText), readWeight(highText)];
  const isLog = scale === "log";
  if (low === undefined || high === undefined || low >= high) return undefined;
  if (more.length > 0 || (scale !== undefined && !isLog) || (isLog && low === 0)) return undefined;
  return { loss, low, high, isLog };
}

/** Writes what {@linkcode parseDimension} reads. */
export function formatDimension(dimension: Dimension): string {
  if ("values" in dimension) return `${dimension.loss}=${dimension.values.join(",")}`;
  const { loss, low, high, isLog } = dimension;
  return `${loss}=${low}:${high}${isLog ? ":log" : ""}`;
}

/** All combinations of lists; the last list changes fastest. */
export function gridOf(
  dimensions: readonly (Dimension & { readonly values: readonly number[] })[],
): Weights[] {
  return dimensions.reduce<Weights[]>(
    (trials, { loss, values }) =>
      trials.flatMap((trial) => values.map((value) => ({ ...trial, [loss]: value }))),
    [{}],
  );
}

/**
 * Draws different combinations: of a list each value is as likely, in a range each weight, or with `log` each
 * factor. More draws from the same seed begin with the same ones.
 *
 * @returns Fewer than `count` if there are no more.
 */
export function drawTrials(
  dimensions: readonly Dimension[],
  { seed, count }: { readonly seed: number; readonly count: number },
): Weights[] {
  const drawn = new Map<string, Weights>();
  let repeats = 0;
  for (let index = 0; drawn.size < count && repeats < MOST_REPEATS; index++) {
    const random = createRandom(seed, index, STREAM);
    const trial: Weights = Object.fromEntries(
      dimensions.map((dimension) => [dimension.loss, draw(dimension, random.uniform())]),
    );
    const key = JSON.stringify(trial);
    repeats = drawn.has(key) ? repeats + 1 : 0;
    drawn.set(key, trial);
  }
  return [...drawn.values()];
}

/** @param share From 0 to below 1. */
function draw(dimension: Dimension, share: number): number {
  if ("values" in dimension) {
    const { values } = dimension;
    return values[Math.floor(share * values.length)]!;
  }
  const { low, high, isLog } = dimension;
  const weight = isLog ? low * (high / low) ** share : low + (high - low) * share;
  return Math.min(high, Math.max(low, Number(weight.toPrecision(DIGITS))));
}

/** Weights in the form that settings have. */
export function weightSettings(weights: Weights): Record<string, { weight: number }> {
  return Object.fromEntries(Object.entries(weights).map(([loss, weight]) => [loss, { weight }]));
}

function readWeight(text: string): number | undefined {
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  return value <= MOST ? value : undefined;
}
