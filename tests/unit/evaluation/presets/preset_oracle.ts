/**
 * Pairs and expected scores for the preset tests; the formulas are those of tests/oracle/generate/eval_presets.py.
 * @module
 */
import assert from "node:assert/strict";
import type { PresetInput, PresetValues } from "../../../../src/evaluation/presets/preset.ts";
import fixture from "../../../oracle/fixtures/eval_presets.json" with { type: "json" };

/** One pair and what the projects make of it. */
export interface PresetCase {
  readonly name: string;
  readonly input: PresetInput;
  /** By preset: the definitions in float64. */
  readonly exact: Readonly<Record<string, PresetValues>>;
  /** By preset: with the types of the projects, so with their rounding. */
  readonly asThere: Readonly<Record<string, PresetValues>>;
}

/** Scores pooled over all pairs, and over the second and the third alone. */
export const POOLED = fixture.pooled;

/** Hole pixels, all pixels, and the label that NumPy's searchsorted finds. */
export const LAMA_BINS = fixture.lamaBins as [holes: number, pixels: number, label: string][];

/** Colours in rgb255 and their grey in float32. */
export const GREY = fixture.grey as [red: number, green: number, blue: number, grey: number][];

/** Every pair of the fixture. */
export function presetCases(): PresetCase[] {
  return fixture.cases.map(({ exact, asThere, holes, ...numbers }) => {
    const { width, height, period, strength } = numbers;
    const truth = truthImage(numbers);
    const holeMask = Uint8Array.from(
      { length: width * height },
      (_, i) => isHole(i % width, Math.floor(i / width), numbers) ? 1 : 0,
    );
    assert.equal(holeMask.reduce((sum, value) => sum + value, 0), holes);
    return {
      name: `${width}x${height}, strength ${strength}${period === 0 ? ", no hole" : ""}`,
      input: { result: composite(truth, holeMask, numbers), truth, holeMask, width, height },
      exact,
      asThere,
    };
  });
}

/**
 * Compares every number, absolutely; null must meet null.
 *
 * @returns The largest difference.
 */
export function worstDifference(actual: PresetValues, expected: PresetValues): number {
  let worst = 0;
  for (const [name, value] of Object.entries(expected)) {
    const got = actual[name];
    if (value === null || got === null || got === undefined) {
      assert.equal(got, value, name);
      continue;
    }
    worst = Math.max(worst, Math.abs(got - value));
  }
  return worst;
}

interface CaseNumbers {
  readonly width: number;
  readonly height: number;
  readonly levels: number;
  readonly darkest: number;
  readonly period: number;
  readonly strength: number;
}

/** An rgb255 image with ramps and edges. */
function truthImage({ width, height, levels, darkest }: CaseNumbers): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const { x, y, c } = position(i, width);
    return darkest + (x * 5 + y * 3 + c * 40 + ((x * y) % 17) * 4) % levels;
  });
}

/** In stripes and a disc; a period of 0 leaves no hole. */
function isHole(x: number, y: number, { width, height, period }: CaseNumbers): boolean {
  if (period === 0) return false;
  const disc = (x - Math.floor(width / 2)) ** 2 + (y - Math.floor(height / 2)) ** 2 < 16;
  return disc || x % period === 2 || y % (period + 6) === 4;
}

/** The truth, moved by up to `strength` levels where the hole is. */
function composite(
  truth: Uint8Array,
  holeMask: Uint8Array,
  { width, strength }: CaseNumbers,
): Uint8Array {
  return truth.map((value, i) => {
    if (holeMask[Math.floor(i / 3)] === 0) return value;
    const { x, y, c } = position(i, width);
    const move = (x * x * 7 + y * y * 11 + x * y * 3 + c * 29) % (2 * strength + 1) - strength;
    return Math.min(255, Math.max(0, value + move));
  });
}

/** Column, row and channel of a value in an interleaved image. */
function position(index: number, width: number): { x: number; y: number; c: number } {
  const pixel = Math.floor(index / 3);
  return { x: pixel % width, y: Math.floor(pixel / width), c: index % 3 };
}
