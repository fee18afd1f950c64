/**
 * Pictures and expected values for the metrics of super-resolution: the pictures of ssim.py, without their rim.
 * @module
 */
import { shaveBorder, type ShavedPicture } from "../../../src/metrics/shave_border.ts";
import fixture from "../../oracle/fixtures/superres_metrics.json" with { type: "json" };
import { type OracleCase, oracleCases } from "./metrics_oracle.ts";

/** One pair of pictures, and what scikit-image says of them without their rim. */
export interface SuperresOracleCase extends Omit<OracleCase, "values" | "holeMask"> {
  readonly shavedActual: ShavedPicture;
  readonly shavedExpected: ShavedPicture;
  readonly values: (typeof fixture.cases)[number];
}

/** Every case of the fixture. */
export function superresOracleCases(): SuperresOracleCase[] {
  return oracleCases().map(({ values: _values, holeMask: _holeMask, ...pair }, i) => {
    const values = fixture.cases[i]!;
    const size = { width: pair.width, height: pair.height, border: values.border };
    return {
      ...pair,
      values,
      shavedActual: shaveBorder(pair.actual, size),
      shavedExpected: shaveBorder(pair.expected, size),
    };
  });
}

/** Difference of two numbers that are compared with an oracle. */
export function difference(actual: number | null, expected: number | null): number {
  return actual === null || expected === null
    ? actual === expected ? 0 : Infinity
    : Math.abs(actual - expected);
}
