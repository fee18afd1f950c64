/**
 * The question whether an executable holds what it should.
 * @module
 */

import { Buffer } from "node:buffer";

/** Bytes at the end of a file that are looked for; the beginnings of WebAssembly modules are all alike. */
const SAMPLE = 256;

/**
 * Looks for files within an executable, which holds them as they are.
 *
 * @param executable All of its bytes.
 * @param files What is looked for, by name.
 * @returns Names of those that are not in it.
 */
export function missingFiles(
  executable: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const haystack = asBuffer(executable);
  return [...files].filter(([, bytes]) => !haystack.includes(asBuffer(bytes.subarray(-SAMPLE))))
    .map(([name]) => name);
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
