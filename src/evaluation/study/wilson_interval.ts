/**
 * How sure a counted share is.
 * @module
 */

/** The 97.5 % point of the standard normal distribution: 95 % lie between it and its negative. */
const Z = 1.959963984540054;

/**
 * The 95 % Wilson score interval of a share, within `[0, 1]`. Unlike the textbook's `p ± z·sqrt(p·q/n)` it has a width
 * at 0 of n and n of n.
 *
 * @param chosen Times that something was counted, a whole number from 0 to `count`.
 * @param count Times that it could have been, at least 1.
 * @throws {RangeError} If the numbers are not such.
 *
 * Source: Wilson 1927, as method 3 of Newcombe 1998 (no correction for continuity).
 */
export function wilsonInterval(chosen: number, count: number): [low: number, high: number] {
  const isCount = Number.isInteger(chosen) && Number.isInteger(count) && chosen >= 0;
  if (!isCount || count < 1 || chosen > count) {
    throw new RangeError(
      `Cannot bound a share: it is ${chosen} of ${count}, must be whole numbers, count at least 1`,
    );
  }
  const share = chosen / count;
  const scale = 1 + Z * Z / count;
  const middle = (share + Z * Z / (2 * count)) / scale;
  const half = Z / scale * Math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count));
  // The ends are exact there; rounding would leave 1e-17.
  return [chosen === 0 ? 0 : middle - half, chosen === count ? 1 : middle + half];
}
