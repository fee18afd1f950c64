/**
 * The cosine transform of 8x8 blocks, there and back.
 * @module
 */
import { ZIGZAG } from "./zigzag.ts";

/** Factors by which the fast transform's output is too large along one axis, over `sqrt(8)`. */
const AAN = Float64Array.from(
  { length: 8 },
  (_, k) => k === 0 ? 1 : Math.SQRT2 * Math.cos(k * Math.PI / 16),
);

/**
 * What {@linkcode forwardDct}'s output must be multiplied by to become quantised, before rounding.
 *
 * @param quantTable 64 steps in zigzag order.
 * @returns 64 factors in zigzag order.
 */
export function quantisingFactors(quantTable: Uint16Array): Float64Array {
  return Float64Array.from(quantTable, (step, k) => {
    const place = ZIGZAG[k]!;
    return 1 / (8 * step * AAN[place >> 3]! * AAN[place & 7]!);
  });
}

/**
 * What quantised coefficients must be multiplied by before {@linkcode inverseDct}.
 *
 * @param quantTable 64 steps in zigzag order.
 * @returns 64 factors in zigzag order.
 */
export function dequantisingFactors(quantTable: Uint16Array): Float64Array {
  return Float64Array.from(quantTable, (step, k) => {
    const place = ZIGZAG[k]!;
    return step * AAN[place >> 3]! * AAN[place & 7]! / 8;
  });
}

/**
 * Transforms 64 samples, row-major, in place; the result is row-major and scaled, see
 * {@linkcode quantisingFactors}.
 *
 * Source: Arai, Agui and Nakajima 1988, as libjpeg's jfdctflt.c orders it. Differs: in double precision.
 */
export function forwardDct(block: Float64Array): void {
  for (let i = 0; i < 64; i += 8) forwardLine(block, i, 1);
  for (let i = 0; i < 8; i++) forwardLine(block, i, 8);
}

function forwardLine(d: Float64Array, at: number, step: number): void {
  const [i1, i2, i3, i4] = [at + step, at + 2 * step, at + 3 * step, at + 4 * step];
  const [i5, i6, i7] = [at + 5 * step, at + 6 * step, at + 7 * step];
  const t0 = d[at]! + d[i7]!, t7 = d[at]! - d[i7]!;
  const t1 = d[i1]! + d[i6]!, t6 = d[i1]! - d[i6]!;
  const t2 = d[i2]! + d[i5]!, t5 = d[i2]! - d[i5]!;
  const t3 = d[i3]! + d[i4]!, t4 = d[i3]! - d[i4]!;
  const e0 = t0 + t3, e3 = t0 - t3, e1 = t1 + t2, e2 = t1 - t2;
  d[at] = e0 + e1;
  d[i4] = e0 - e1;
  const z1 = (e2 + e3) * 0.7071067811865476;
  d[i2] = e3 + z1;
  d[i6] = e3 - z1;
  const o0 = t4 + t5, o1 = t5 + t6, o2 = t6 + t7;
  const z5 = (o0 - o2) * 0.38268343236508984;
  const z2 = 0.541196100146197 * o0 + z5;
  const z4 = 1.3065629648763766 * o2 + z5;
  const z3 = o1 * 0.7071067811865476;
  const z11 = t7 + z3, z13 = t7 - z3;
  d[i5] = z13 + z2;
  d[i3] = z13 - z2;
  d[i1] = z11 + z4;
  d[i7] = z11 - z4;
}

/**
 * Transforms 64 coefficients, row-major and scaled by {@linkcode dequantisingFactors}, in place into samples
 * around 0 (a decoder adds 128).
 *
 * Source: as {@linkcode forwardDct}; libjpeg's jidctflt.c.
 */
export function inverseDct(block: Float64Array): void {
  for (let i = 0; i < 8; i++) inverseLine(block, i, 8);
  for (let i = 0; i < 64; i += 8) inverseLine(block, i, 1);
}

function inverseLine(d: Float64Array, at: number, step: number): void {
  const [i1, i2, i3, i4] = [at + step, at + 2 * step, at + 3 * step, at + 4 * step];
  const [i5, i6, i7] = [at + 5 * step, at + 6 * step, at + 7 * step];
  const t10 = d[at]! + d[i4]!, t11 = d[at]! - d[i4]!;
  const t13 = d[i2]! + d[i6]!;
  const t12 = (d[i2]! - d[i6]!) * 1.4142135623730951 - t13;
  const e0 = t10 + t13, e3 = t10 - t13, e1 = t11 + t12, e2 = t11 - t12;
  const z13 = d[i5]! + d[i3]!, z10 = d[i5]! - d[i3]!;
  const z11 = d[i1]! + d[i7]!, z12 = d[i1]! - d[i7]!;
  const o7 = z11 + z13;
  const o11 = (z11 - z13) * 1.4142135623730951;
  const z5 = (z10 + z12) * 1.8477590650225735;
  const o10 = z5 - z12 * 1.082392200292394;
  const o12 = z5 - z10 * 2.613125929752753;
  const o6 = o12 - o7, o5 = o11 - o6, o4 = o10 - o5;
  d[at] = e0 + o7;
  d[i7] = e0 - o7;
  d[i1] = e1 + o6;
  d[i6] = e1 - o6;
  d[i2] = e2 + o5;
  d[i5] = e2 - o5;
  d[i3] = e3 + o4;
  d[i4] = e3 - o4;
}
