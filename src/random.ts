/**
 * Seeded chance. Every random choice of the program goes through a {@linkcode Random} that is passed in,
 * so that a seed fixes a run.
 * @module
 */

/** A stream of pseudo-random numbers; not for cryptography. */
export interface Random {
  /** Uniform in `[0, 1)`, 32 bits of resolution. */
  uniform(): number;
  /** Uniform integer in `[low, high]`, both ends included. */
  integer(low: number, high: number): number;
  /** Standard normal deviate (Box-Muller). */
  normal(): number;
}

/**
 * Makes a generator whose stream depends only on the given numbers.
 *
 * `createRandom(seed, sampleIndex)` gives every sample its own stream, so the position in a data set is
 * the whole state that a resumed run needs.
 *
 * @param seeds Non-negative integers below 2^53, most general first.
 *
 * Source: sfc32 of Chris Doty-Humphrey's PractRand; the seeds are mixed by MurmurHash3's finaliser.
 */
export function createRandom(...seeds: readonly number[]): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (const seed of seeds) {
    a ^= mix(seed % 4294967296);
    b ^= mix(Math.floor(seed / 4294967296) ^ 0x5bd1e995);
    for (let i = 0; i < 12; i++) next();
  }
  for (let i = 0; i < 12; i++) next();
  const uniform = () => next() / 4294967296;
  return {
    uniform,
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    },
  };
}

/** Spreads the bits of a 32-bit integer. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
