/**
 * The quantised coefficients that come nearest to given samples, where some matter more than others.
 * @module
 */
import type { BlockTarget } from "./block_target.ts";
import {
  dequantisingFactors,
  forwardDct,
  inverseDct,
  quantisingFactors,
} from "./block_transform.ts";
import { ZIGZAG } from "./zigzag.ts";

/** Rounds of {@linkcode BlockFitter}; most blocks rest after four. */
const MOST_ROUNDS = 8;

/** Largest magnitudes that baseline JPEG of 8 bits can tell. Source: ITU T.81, tables F.1 and F.2. */
const LARGEST = { dc: 1023, ac: 1023 } as const;

/** `[64, 64]`: frequencies in zigzag order by samples, of length 1. Source: ITU T.81, A.3.3. */
const WAVES = makeWaves();

function makeWaves(): Float64Array {
  const waves = new Float64Array(64 * 64);
  const scale = (frequency: number) => frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
  const cosine = (frequency: number, place: number) =>
    scale(frequency) * Math.cos((2 * place + 1) * frequency * Math.PI / 16);
  for (let k = 0; k < 64; k++) {
    const [row, column] = [ZIGZAG[k]! >> 3, ZIGZAG[k]! & 7];
    for (let i = 0; i < 64; i++) waves[64 * k + i] = cosine(row, i >> 3) * cosine(column, i & 7);
  }
  return waves;
}

/** Squares of {@linkcode WAVES}. */
const POWERS = WAVES.map((value) => value * value);

/** Fits blocks of one component. */
export class BlockFitter {
  readonly #quantTable: Uint16Array;
  readonly #forward: Float64Array;
  readonly #backward: Float64Array;
  readonly #work = new Float64Array(64);
  readonly #errors = new Float64Array(64);

  /** @param quantTable 64 steps in zigzag order. */
  constructor(quantTable: Uint16Array) {
    this.#quantTable = quantTable;
    this.#forward = quantisingFactors(quantTable);
    this.#backward = dequantisingFactors(quantTable);
  }

  /** Turns the 64 coefficients at `offset` into samples, row-major, around 0, without rounding. */
  samples(coefficients: Int16Array, offset: number, samples: Float64Array): void {
    for (let k = 0; k < 64; k++) {
      samples[ZIGZAG[k]!] = coefficients[offset + k]! * this.#backward[k]!;
    }
    inverseDct(samples);
  }

  /**
   * Writes 64 coefficients at `offset`.
   *
   * Equal weights mean rounding. Otherwise single coefficients then take steps as long as one lowers the weighted
   * sum of squared errors: at weight 1/4 for half of a block this lowers the error of the other half by 3 dB for
   * 3 dB more in it, and costs no more bytes (photographs of quality 75 and 90).
   *
   * Differs: from every encoder known to us, which rounds each coefficient by itself.
   */
  fit({ samples, weights }: BlockTarget, coefficients: Int16Array, offset: number): void {
    const work = this.#work;
    work.set(samples);
    forwardDct(work);
    for (let k = 0; k < 64; k++) {
      const value = work[ZIGZAG[k]!]! * this.#forward[k]!;
      coefficients[offset + k] = clip(k, Math.trunc(value < 0 ? value - 0.5 : value + 0.5));
    }
    if (weights.every((weight) => weight === weights[0])) return;

    const errors = this.#errors;
    this.samples(coefficients, offset, errors);
    for (let i = 0; i < 64; i++) errors[i]! -= samples[i]!;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let isAtRest = true;
      for (let k = 0; k < 64; k++) {
        const at = 64 * k;
        let slope = 0;
        let curve = 0;
        for (let i = 0; i < 64; i++) {
          slope += weights[i]! * errors[i]! * WAVES[at + i]!;
          curve += weights[i]! * POWERS[at + i]!;
        }
        const step = this.#quantTable[k]!;
        const before = coefficients[offset + k]!;
        const change = clip(k, before - Math.round(slope / (curve * step))) - before;
        if (change === 0) continue;
        isAtRest = false;
        coefficients[offset + k] = before + change;
        for (let i = 0; i < 64; i++) errors[i]! += change * step * WAVES[at + i]!;
      }
      if (isAtRest) return;
    }
  }
}

function clip(k: number, value: number): number {
  const largest = k === 0 ? LARGEST.dc : LARGEST.ac;
  return Math.max(-largest - (k === 0 ? 1 : 0), Math.min(largest, value));
}
