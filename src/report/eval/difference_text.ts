/**
 * Differences as tables write them.
 * @module
 */

/**
 * Chooses decimals for a column of differences, so that the largest has four digits that count, and gives what writes
 * them with their sign: "+0.512", "-1.230", "0.000".
 *
 * @param values All of the column; what is not finite has no say.
 */
export function differenceWriter(values: readonly number[]): (value: number) => string {
  const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  const power = largest === 0 ? 0 : Math.floor(Math.log10(largest));
  const decimals = Math.min(8, Math.max(0, 3 - power));
  return (value) => {
    if (!Number.isFinite(value)) return String(value);
    const text = value.toFixed(decimals);
    // What rounds to 0 has no sign.
    if (Number(text) === 0) return text.replace("-", "");
    return value > 0 ? `+${text}` : text;
  };
}

/** Values of a comparison's rows: the means and the ends of their intervals. */
export function differencesOf(
  rows: readonly { mean: number; low: number | null; high: number | null }[],
): number[] {
  return rows.flatMap(({ mean, low, high }) => [mean, low, high]).filter((value) => value !== null);
}
