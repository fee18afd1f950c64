/**
 * Planes of half the size.
 * @module
 */

/**
 * Takes means of 2x2 blocks.
 *
 * @param plane Of even sides.
 * @param columns Width of the result in pixels.
 * @param result A quarter as long as `plane`; all of it is written.
 */
export function halvePlane<P extends Float32Array>(
  plane: Float32Array,
  columns: number,
  result: P,
): P {
  for (let to = 0, from = 0; to < result.length; from += 2 * columns) {
    for (let x = 0; x < columns; x++, to++, from += 2) {
      const below = from + 2 * columns;
      result[to] = (plane[from]! + plane[from + 1]! + plane[below]! + plane[below + 1]!) / 4;
    }
  }
  return result;
}
