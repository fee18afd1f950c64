/**
 * What goes together.
 * @module
 */

/** Options of {@linkcode takeBatch}. */
export interface TakeBatchOptions<T> {
  readonly sizeOf: (item: T) => number;
  /** Most that the sizes of a batch add up to; a single item may be larger. */
  readonly most: number;
}

/**
 * Takes items from the front of a queue, as many as fit together and one at least.
 *
 * @param queue Not empty; loses what is taken.
 */
export function takeBatch<T>(queue: T[], { sizeOf, most }: TakeBatchOptions<T>): T[] {
  let count = 1;
  let size = sizeOf(queue[0]!);
  while (count < queue.length && size + sizeOf(queue[count]!) <= most) {
    size += sizeOf(queue[count++]!);
  }
  return queue.splice(0, count);
}
