/**
 * The quantisation tables that nearly every program uses, scaled by "quality", and the way back.
 * @module
 */
import { ZIGZAG } from "./zigzag.ts";

/** Table K.1 (luminance), row-major. */
// deno-fmt-ignore
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61,
  12, 12, 14, 19, 26, 58, 60, 55,
  14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77,
  24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

/** Table K.2 (chrominance), row-major. */
// deno-fmt-ignore
const CHROMINANCE = [
  17, 18, 24, 47, 99, 99, 99, 99,
  18, 21, 26, 66, 99, 99, 99, 99,
  24, 26, 56, 99, 99, 99, 99, 99,
  47, 66, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99,
];

/**
 * Makes the table of a quality.
 *
 * @param quality Whole number, 1 to 100.
 * @returns 64 steps in zigzag order, 1 to 255.
 *
 * Source: ITU T.81, tables K.1 and K.2; libjpeg, jcparam.c, `jpeg_quality_scaling`, baseline forced.
 */
export function ijgQuantTable(kind: "luminance" | "chrominance", quality: number): Uint16Array {
  const base = kind === "luminance" ? LUMINANCE : CHROMINANCE;
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  const table = new Uint16Array(64);
  for (let k = 0; k < 64; k++) {
    const step = Math.floor((base[ZIGZAG[k]!]! * percent + 50) / 100);
    table[k] = Math.max(1, Math.min(255, step));
  }
  return table;
}

/**
 * Finds the quality whose tables lie nearest to the given ones.
 *
 * @param tables One table, of luminance, or two, the second of chrominance; zigzag order.
 * @returns The quality, and whether its tables are the very same.
 *
 * Differs: from ImageMagick, which compares sums of steps; here the logarithms of all steps are compared, so
 * that a table of another maker is not judged by its largest steps alone.
 */
export function estimateIjgQuality(
  tables: readonly Uint16Array[],
): { quality: number; isExact: boolean } {
  let best = { quality: 1, distance: Infinity };
  for (let quality = 100; quality >= 1; quality--) {
    let distance = 0;
    tables.forEach((table, i) => {
      const wanted = ijgQuantTable(i === 0 ? "luminance" : "chrominance", quality);
      for (let k = 0; k < 64; k++) distance += Math.log(table[k]! / wanted[k]!) ** 2;
    });
    if (distance < best.distance) best = { quality, distance };
  }
  return { quality: best.quality, isExact: best.distance === 0 };
}
