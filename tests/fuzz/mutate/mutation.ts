/**
 * What every way of spoiling a file has in common.
 * @module
 */
import type { Random } from "../../../src/random.ts";

/** What a mutation may draw on. */
export interface MutationContext {
  readonly random: Random;
  /** Whole files of the same kind, to take pieces from. */
  readonly others: readonly Uint8Array[];
}

/** One way of spoiling a file. */
export interface Mutation {
  /** For reports. */
  readonly name: string;
  /** Gives a spoilt copy; files that it does not understand come back as they are. */
  apply(bytes: Uint8Array, context: MutationContext): Uint8Array | Promise<Uint8Array>;
}

/** One of the items. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(0, items.length - 1)]!;
}

/** A place in `[0, length]`; the borders, where headers and ends are, come up more often than the rest. */
export function place(random: Random, length: number): number {
  const chance = random.uniform();
  if (chance < 0.3) return Math.min(length, random.integer(0, 64));
  if (chance < 0.4) return Math.max(0, length - random.integer(0, 64));
  return random.integer(0, length);
}

/** A length of a piece: mostly short. */
export function pieceLength(random: Random, most: number): number {
  return Math.max(0, Math.min(most, Math.floor(2 ** (random.uniform() * 10))));
}

/** Random bytes. */
export function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(0, 255));
}

/** Numbers that readers get wrong, of so many bytes; mostly near `value`. */
export function oddNumber(random: Random, value: bigint, bytes: number): bigint {
  const top = 1n << BigInt(8 * bytes);
  const candidates = [
    0n,
    1n,
    value + 1n,
    value - 1n,
    value * 2n,
    top - 1n,
    top >> 1n,
    (top >> 1n) - 1n,
    top - 8n,
    60000n,
    0x10000000n,
    BigInt(random.integer(0, 2 ** 31)),
    value ^ (1n << BigInt(random.integer(0, 8 * bytes - 1))),
  ];
  return ((pick(random, candidates) % top) + top) % top;
}

/** Reads an unsigned number of 1 to 8 bytes. */
export function readNumber(bytes: Uint8Array, at: number, size: number, little: boolean): bigint {
  let value = 0n;
  for (let i = 0; i < size; i++) {
    value = value << 8n | BigInt(bytes[little ? at + size - 1 - i : at + i] ?? 0);
  }
  return value;
}

/** Writes such a number in place; what lies beyond the end is dropped. */
export function writeNumber(
  bytes: Uint8Array,
  value: bigint,
  { at, size, little }: { readonly at: number; readonly size: number; readonly little: boolean },
): void {
  for (let i = 0; i < size; i++) {
    const where = little ? at + i : at + size - 1 - i;
    if (where < bytes.length) bytes[where] = Number(value >> BigInt(8 * i) & 255n);
  }
}

/** Cuts bytes into pieces and mixes them up: drops, doubles, swaps or empties one, or moves one elsewhere. */
export function shuffle<T>(random: Random, items: readonly T[]): T[] {
  const out = [...items];
  if (out.length === 0) return out;
  const [i, j] = [random.integer(0, out.length - 1), random.integer(0, out.length - 1)];
  switch (random.integer(0, 3)) {
    case 0:
      out.splice(i, 1);
      break;
    case 1:
      out.splice(j, 0, out[i]!);
      break;
    case 2:
      [out[i], out[j]] = [out[j]!, out[i]!];
      break;
    default:
      out.splice(j, 0, ...out.splice(i, random.integer(1, 3)));
  }
  return out;
}

/** Joins pieces. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
