/**
 * One method on one pair: filled, timed and scored.
 * @module
 */
import type { EvalRecord, NetworkScores, PresetMeasure } from "../../evaluation/eval_record.ts";
import { PRESETS } from "../../evaluation/presets/catalog.ts";
import { scoreResult } from "../../evaluation/score_result.ts";
import { InputError } from "../../errors.ts";
import { keepKnown } from "../../methods/keep_known.ts";
import type { DamagedImage } from "../../methods/types.ts";
import { holeBin, holeBinName } from "../../metrics/hole_bin.ts";
import { type EvalMethod, resultStem } from "./eval_methods.ts";
import { growHoles, type LoadedPair } from "./load_pair.ts";
import type { PlannedPair } from "./plan_pairs.ts";

/** A pair with its holes grown, as every method sees it. */
export interface DamagedPair {
  readonly pair: PlannedPair;
  readonly dilate: number;
  /** rgb255 `[height, width, 3]`. */
  readonly truth: Uint8Array;
  /** The truth with 0 in the hole, so that no method can look. */
  readonly damaged: DamagedImage;
  readonly remarks: readonly string[];
}

/** What a method made of a pair. */
export interface PairResult {
  readonly composite: Uint8Array;
  /** What it gave at every pixel, if it computes known ones. */
  readonly raw?: Uint8Array;
  /** Null for results that were made elsewhere. */
  readonly elapsedMs: number | null;
}

/**
 * Grows the holes of a pair and takes their pixels away.
 *
 * @throws {InputError} If no pixel is hole, or none is known.
 */
export function damagePair(pair: PlannedPair, loaded: LoadedPair, dilate: number): DamagedPair {
  const { width, height, truth, remarks } = loaded;
  const holeMask = growHoles(loaded, dilate);
  const holes = holeMask.reduce((sum, hole) => sum + hole, 0);
  if (holes === 0 || holes === holeMask.length) {
    const what = holes === 0 ? "no pixel is hole" : "all pixels are hole";
    throw new InputError(
      `Cannot evaluate image "${pair.image.relative}" with mask "${nameOfMask(pair)}"` +
        `${dilate === 0 ? "" : ` dilated by ${dilate}`}: ${what}, some must be hole and some known`,
    );
  }
  const rgb255 = new Uint8Array(truth.length);
  for (let i = 0; i < holeMask.length; i++) {
    if (holeMask[i] === 0) rgb255.set(truth.subarray(i * 3, i * 3 + 3), i * 3);
  }
  return { pair, dilate, truth, damaged: { width, height, rgb255, holeMask }, remarks };
}

/**
 * Fills a pair.
 *
 * @throws {UserError} If there is no result, or it is of another size.
 */
export async function fillPair(
  { pair, dilate, truth, damaged }: DamagedPair,
  { method, results }: EvalMethod,
  signal: AbortSignal,
): Promise<PairResult> {
  const options = { signal, stem: resultStem(pair, dilate) };
  const startMs = performance.now();
  const raw = await method.predict?.(damaged, options);
  const filled = raw ?? await method.fill(damaged, options);
  const elapsedMs = performance.now() - startMs;
  return {
    composite: keepKnown({ rgb255: truth, holeMask: damaged.holeMask }, filled),
    ...(raw === undefined ? {} : { raw }),
    elapsedMs: results === undefined ? elapsedMs : null,
  };
}

/** Options of {@linkcode scorePair}. */
export interface ScorePairOptions {
  readonly method: string;
  /** Names of presets that are measured too. */
  readonly presets: readonly string[];
  readonly judged: NetworkScores;
}

/** Scores what a method made of a pair. */
export function scorePair(
  { pair, dilate, truth, damaged, remarks }: DamagedPair,
  { composite, raw, elapsedMs }: PairResult,
  { method, presets, judged }: ScorePairOptions,
): EvalRecord {
  const { width, height, holeMask } = damaged;
  const size = { width, height };
  const hole = holeBin(holeMask, size);
  const measured = presets.map((name): [string, PresetMeasure] => {
    const preset = PRESETS.get(name)!;
    const bin = preset.binOf?.(holeMask) ?? holeBinName(hole.bin);
    return [name, {
      bin,
      values: preset.measure({ result: composite, truth, holeMask, width, height }),
    }];
  });
  return {
    pair: pair.index,
    image: pair.image.relative,
    mask: nameOfMask(pair),
    dilate,
    width,
    height,
    ...hole,
    method,
    scores: scoreResult({
      ...{ width, height, holeMask, truth, composite },
      ...(raw === undefined ? {} : { raw }),
    }),
    ...judged,
    ...(measured.length === 0 ? {} : { presets: Object.fromEntries(measured) }),
    ...(remarks.length === 0 ? {} : { remarks }),
    elapsedMs,
  };
}

function nameOfMask({ mask }: PlannedPair): string {
  return "maskClass" in mask ? mask.name : mask.relative;
}
