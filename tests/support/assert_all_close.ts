/**
 * The one comparison of numbers that every numeric test uses.
 * @module
 */
import { formatShape } from "../../src/ops/shape.ts";

/** Numbers with a shape, off the device. */
export interface Values {
  readonly shape: readonly number[];
  /** In the order of the shape. */
  readonly data: ArrayLike<number>;
}

/** How far apart two numbers may be: `|a - e| <= atol + rtol · |e|`, torch's rule. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** Equal to the last bit, apart from the sign of zero. */
export const EXACT: Tolerance = { rtol: 0, atol: 0 };

/** What {@linkcode compare} finds. */
export interface Comparison {
  /** How many values lie outside of the tolerance. */
  readonly bad: number;
  /** Index of the value that strains the tolerance most. */
  readonly worst: number;
  /** Its error as a share of the allowed one: above 1 is bad. */
  readonly strain: number;
  /** Largest `|a - e|`. */
  readonly absolute: number;
  /** Largest `|a - e| / |e|`, over all `e` that are not 0. */
  readonly relative: number;
}

/**
 * Checks shapes, then every value by `|a - e| <= atol + rtol · |e|`. Values that are not finite must be identical.
 *
 * With the environment variable `MEASURE=1` the largest absolute error, the largest relative one and the strain are
 * written to stderr: where the tolerances in the tests come from.
 *
 * @param what Named in the message.
 * @throws {Error} If anything differs: worst index, both values, both errors, count.
 */
export function assertAllClose(
  actual: Values,
  expected: Values,
  { rtol, atol }: Tolerance,
  what = "values",
): void {
  if (formatShape(actual.shape) !== formatShape(expected.shape)) {
    throw new Error(
      `${what}: shape is ${formatShape(actual.shape)}, must be ${formatShape(expected.shape)}`,
    );
  }
  const size = expected.shape.reduce((a, b) => a * b, 1);
  if (actual.data.length !== size || expected.data.length !== size) {
    throw new Error(
      `${what}: there are ${actual.data.length} and ${expected.data.length} values, must be ${size}`,
    );
  }
  const comparison = compare(actual, expected, { rtol, atol });
  if (Deno.env.get("MEASURE") === "1") printErrors(what, comparison);
  const { bad, worst } = comparison;
  if (bad === 0) return;
  const [a, e] = [actual.data[worst]!, expected.data[worst]!];
  throw new Error(
    `${what}: ${bad} of ${size} values differ by more than atol ${atol} + rtol ${rtol}. Worst at ` +
      `${formatShape(unravel(worst, expected.shape))}: is ${a}, must be ${e}, absolute error ` +
      `${Math.abs(a - e).toExponential(2)}, relative error ${
        Math.abs((a - e) / e).toExponential(2)
      }`,
  );
}

/** Compares without judging. */
export function compare(actual: Values, expected: Values, { rtol, atol }: Tolerance): Comparison {
  let [bad, worst, strain, absolute, relative] = [0, 0, 0, 0, 0];
  for (let i = 0; i < expected.data.length; i++) {
    const [a, e] = [actual.data[i]!, expected.data[i]!];
    if (Object.is(a, e)) continue;
    const error = Math.abs(a - e);
    const allowed = atol + rtol * Math.abs(e);
    const isFinite = Number.isFinite(a) && Number.isFinite(e);
    const isBad = !isFinite || error > allowed;
    if (isBad) bad++;
    const overshoot = !isFinite ? Infinity : error === 0 ? 0 : error / allowed;
    if (overshoot > strain) [worst, strain] = [i, overshoot];
    absolute = Math.max(absolute, isFinite ? error : Infinity);
    if (e !== 0) relative = Math.max(relative, isFinite ? error / Math.abs(e) : Infinity);
  }
  return { bad, worst, strain, absolute, relative };
}

function printErrors(what: string, { strain, absolute, relative }: Comparison): void {
  const errors = [absolute, relative, strain].map((error) => error.toExponential(1)).join(" ");
  Deno.stderr.writeSync(new TextEncoder().encode(`measured ${errors} ${what}\n`));
}

function unravel(index: number, shape: readonly number[]): number[] {
  const position = new Array<number>(shape.length).fill(0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    position[axis] = index % shape[axis]!;
    index = Math.floor(index / shape[axis]!);
  }
  return position;
}
