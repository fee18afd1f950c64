/**
 * The checksum of TensorFlow's record files.
 * @module
 */

/** Castagnoli's polynomial 0x1EDC6F41 with its bits reversed. */
const POLYNOMIAL = 0x82f63b78;

const MASK_DELTA = 0xa282ead8;

/** Remainder of every byte. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
  return rest;
});

/**
 * Computes the CRC-32C of some bytes, 0 to 2^32 - 1.
 *
 * Source: RFC 3720, section 12.1 and appendix B.4.
 */
export function crc32c(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ TABLE[(rest ^ byte) & 0xff]!;
  return ~rest >>> 0;
}

/**
 * Computes the CRC-32C as record files store it, so that a file which holds checksums can be checked as well.
 *
 * `rotateRight(crc, 15) + 0xa282ead8`, modulo 2^32.
 *
 * Source: TensorFlow tensorflow/core/lib/hash/crc32c.h, Mask().
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
