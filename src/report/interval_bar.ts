/**
 * An interval of a difference as a small picture.
 * @module
 */
import { type Html, markup } from "./html.ts";

/** A mean difference and how sure it is. */
export interface Interval {
  readonly mean: number;
  /** Null if there is no interval. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Draws mean and interval beside a line at 0; the figures stand in text next to it, so it is hidden from readers.
 *
 * @param range Ends of the axis, with 0 between them, the same for all bars of a table.
 * @param tone Class of its colour.
 */
export function intervalBar(
  { mean, low, high }: Interval,
  [first, last]: readonly [number, number],
  tone: string,
): Html {
  const width = last - first || 1;
  const toX = (value: number) => Math.round((6 + (value - first) / width * 148) * 10) / 10;
  const whisker = low === null || high === null
    ? undefined
    : markup`<path class="whisker" d="M${toX(low)} 9H${toX(high)}M${toX(low)} 6v6M${
      toX(high)
    } 6v6"/>`;
  return markup`<svg class="forest ${tone}" viewBox="0 0 160 18" aria-hidden="true"><path class="zero" d="M${
    toX(0)
  } 0V18"/>${whisker}<circle cx="${toX(mean)}" cy="9" r="3"/></svg>`;
}
