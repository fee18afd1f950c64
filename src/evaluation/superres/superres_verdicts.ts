/**
 * What a table of super-resolution says of each method against the reference, in words.
 * @module
 */
import { LEAST_PAIRS } from "../compare.ts";
import { REFERENCE } from "./summarise_superres.ts";
import type { SuperresDifference, SuperresTable } from "./superres_table.ts";

/** Differences of less are none to a reader of two decimals. */
const SMALLEST_DB = 0.005;

/**
 * Writes a sentence for each method and scale by the mean difference of PSNR on Y: "superres is below bicubic at x2
 * by 0.31 dB (95 % interval -0.44 to -0.20 dB, 14 images)".
 */
export function superresVerdicts({ differences }: Pick<SuperresTable, "differences">): string[] {
  return differences.filter(({ score }) => score === "psnrY").map(sentence);
}

function sentence({ method, scale, mean, low, high, images, verdict }: SuperresDifference): string {
  const size = Math.abs(mean);
  const count = `${images} image${images === 1 ? "" : "s"}`;
  const interval = low === null || high === null
    ? count
    : `95 % interval ${signed(low)} to ${signed(high)} dB, ${count}`;
  const doubt = verdict !== "unclear"
    ? ""
    : images < LEAST_PAIRS
    ? "; too few images to be sure"
    : "; unclear";
  const place = size < SMALLEST_DB
    ? `is level with ${REFERENCE} at x${scale}`
    : `is ${mean > 0 ? "above" : "below"} ${REFERENCE} at x${scale} by ${size.toFixed(2)} dB`;
  return `${method} ${place} (${interval}${doubt})`;
}

function signed(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? text.replace("-", "") : value > 0 ? `+${text}` : text;
}
