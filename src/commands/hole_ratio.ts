/**
 * Bounds of the share of a mask that is hole.
 * @module
 */
import { UsageError } from "../errors.ts";

/**
 * Checks what the flag's own limits cannot say: some pixel must be hole and some must be known.
 *
 * @param flag For the message: "--ratio".
 * @throws {UsageError} If the upper bound is 0 or 1.
 */
export function checkHoleRatio(flag: string, [low, high]: readonly [number, number]): void {
  if (high > 0 && high < 1) return;
  throw new UsageError(
    `Cannot use ${flag} ${low},${high}: the upper bound is ${high}, must be above 0 and below 1`,
  );
}
