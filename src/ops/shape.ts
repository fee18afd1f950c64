/**
 * Shape checks that come before arithmetic, so that broadcasting never hides a mistake.
 * @module
 */

/** Writes a shape the way the docstrings do: `[2, 64, 64, 3]`. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/**
 * Checks that a tensor has exactly the wanted shape.
 *
 * @param action What is being done, for the message: "run partialConv2d".
 * @param what Name of the tensor: "validMask".
 * @throws {RangeError} If the shapes differ.
 */
export function assertShape(
  action: string,
  what: string,
  actual: readonly number[],
  wanted: readonly number[],
): void {
  if (actual.length === wanted.length && actual.every((size, i) => size === wanted[i])) return;
  throw new RangeError(
    `Cannot ${action}: ${what} is ${formatShape(actual)}, must be ${formatShape(wanted)}`,
  );
}
