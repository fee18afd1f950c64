/**
 * How many threads and pictures a run has in the works.
 * @module
 */

/**
 * Threads that decode and encode. One picture has nothing to overlap with, and a thread takes a fifth of a second until it
 * has its decoders ready.
 *
 * @param asked What the user wants at most.
 */
export function workersFor(pictures: number, asked: number): number {
  return Math.max(0, Math.min(asked, pictures - 1));
}

/**
 * Pictures that are begun and not yet reported: one for each thread, one at the network and one that waits for it. Without
 * threads one after the other.
 */
export function inFlightOf(workers: number): number {
  return workers === 0 ? 1 : workers + 2;
}
