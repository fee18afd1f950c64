/**
 * Fingerprints of weight files.
 * @module
 */

/** Computes the SHA-256 of some bytes as 64 lower-case hexadecimal digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // The cast only rules out shared memory, which no file reader returns.
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
}
