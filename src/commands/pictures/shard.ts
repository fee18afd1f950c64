/**
 * A part of a run's pictures, for many machines.
 * @module
 */
import { UsageError } from "../../errors.ts";
import { type ReadEnv, schedulerShard } from "./scheduler_shard.ts";

/** Part `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A part and who said so. */
export interface ReadShard extends Shard {
  /** In words, for a line of the log: "--shard 3/8", "Slurm array task 2 of 0-7". */
  readonly source: string;
}

/** More parts than anyone starts processes. */
const MOST_SHARDS = 100_000;

/**
 * Reads the value of `--shard`.
 *
 * @param text "3/8", or "auto" for what the scheduler says.
 * @param env Reads an environment variable.
 * @throws {UsageError} If the text is neither, or no scheduler says which part this is.
 */
export function readShard(text: string, env: ReadEnv): ReadShard {
  if (text === "auto") return schedulerShard(env);
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count && shard.count <= MOST_SHARDS) {
    return { ...shard, source: `--shard ${text}` };
  }
  throw new UsageError(
    `--shard must be auto or I/N, for example 3/8, with I from 1 to N: got ${JSON.stringify(text)}`,
  );
}

/**
 * True if a picture belongs to a part. Every picture belongs to exactly one, whatever else lies in its folder, whenever
 * it was listed and on whichever machine.
 *
 * @param path Below the input folder. "\" counts as "/", and letters with marks as composed, since file systems
 * differ there.
 */
export function isInShard(path: string, { index, count }: Shard): boolean {
  const hash = hashOf(path.replaceAll("\\", "/").normalize("NFC"));
  return Math.floor(hash / 2 ** 32 * count) === index - 1;
}

/**
 * Hash of a text's UTF-8 bytes, a whole number below 2^32.
 *
 * Source: FNV-1a, 32 bits (Fowler, Noll, Vo), then the finaliser of MurmurHash3 (Appleby, `fmix32`), without which the
 * high bits of names that differ at their end alone would hardly differ.
 */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
