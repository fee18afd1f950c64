/**
 * What tells two lists of files apart.
 * @module
 */
import { createHash } from "node:crypto";
import { relative, sep } from "node:path";

/** A list of files in short. */
export interface ListFingerprint {
  /** Files in the list. */
  readonly count: number;
  /** SHA-256 of the sorted names, a line each, as hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Takes the fingerprint of a list of files: of their names alone, not of what is in them.
 *
 * @param folder Names are taken relative to it, so that a folder that moves keeps its fingerprint.
 */
export function listFingerprint(folder: string, paths: readonly string[]): ListFingerprint {
  const names = paths.map((path) => relative(folder, path).split(sep).join("/")).sort();
  const sha256 = createHash("sha256").update(names.map((name) => `${name}\n`).join("")).digest(
    "hex",
  );
  return { count: paths.length, sha256 };
}
