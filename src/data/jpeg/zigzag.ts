/**
 * The order in which a JPEG stores the 64 frequencies of a block.
 * @module
 */

/**
 * Place in a row-major 8x8 block (row is vertical frequency) of the k-th stored frequency.
 *
 * Source: ITU T.81, figure A.6.
 */
export const ZIGZAG: Uint8Array = makeZigzag();

/** Walks the diagonals, every other one upwards. */
function makeZigzag(): Uint8Array {
  const order = new Uint8Array(64);
  let k = 0;
  for (let diagonal = 0; diagonal < 15; diagonal++) {
    for (let step = 0; step <= diagonal; step++) {
      const [row, column] = diagonal % 2 === 0 ? [diagonal - step, step] : [step, diagonal - step];
      if (row < 8 && column < 8) order[k++] = 8 * row + column;
    }
  }
  return order;
}
