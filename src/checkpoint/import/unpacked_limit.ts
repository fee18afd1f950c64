/**
 * How much the numbers of a file of others may take.
 * @module
 */

/** Compressed data and views that repeat numbers may be larger than the file, but those of a network not by much. */
const MOST_TIMES = 4;

/** Something for small files. */
const SPARE_BYTES = 1 << 26;

/**
 * The most bytes of numbers that are believed of a file: a few bytes can claim any size.
 *
 * @param fileBytes Size of the file in bytes.
 */
export function unpackedLimit(fileBytes: number): number {
  return MOST_TIMES * fileBytes + SPARE_BYTES;
}
