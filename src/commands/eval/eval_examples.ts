/**
 * The pictures of an evaluation's page: chosen pairs, filled once more.
 * @module
 */
import { encodeImage } from "../../data/encode_image.ts";
import { resizeBox } from "../../data/random_crop.ts";
import { withAlpha } from "../../data/with_alpha.ts";
import { UserError } from "../../errors.ts";
import type { ChosenExamples, ChosenPair } from "../../evaluation/choose_examples.ts";
import type { EvalRecord } from "../../evaluation/eval_record.ts";
import { holeBinName } from "../../metrics/hole_bin.ts";
import type { EvalExample, EvalPageRecord } from "../../report/eval/eval_page_record.ts";
import { type DamagedPair, damagePair, fillPair } from "./evaluate_pair.ts";
import { loadPair } from "./load_pair.ts";
import type { PairSource } from "./pair_source.ts";

/** The part of the page that has pictures. */
export type PagePictures = Pick<
  EvalPageRecord,
  "examples" | "best" | "worst" | "dilationExamples"
>;

/** Options of {@linkcode makeExamples}. */
export interface MakeExamplesOptions {
  readonly source: PairSource;
  readonly records: readonly EvalRecord[];
  readonly signal: AbortSignal;
  /** Told after each pair. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Larger pictures are shrunk to this side, in pixels. */
const MOST_SIDE = 512;

/** Lossy, as pages hold some hundred pictures. */
const QUALITY = 85;

/** Colour of holes in the damaged picture. */
const HOLE_COLOUR = [255, 0, 255] as const;

/**
 * Fills the chosen pairs by every method that was scored on them and encodes the pictures. Methods are deterministic, so
 * nothing but the scores has to be stored meanwhile. A pair that cannot be read any more is left out.
 */
export async function makeExamples(
  chosen: ChosenExamples,
  options: MakeExamplesOptions,
): Promise<PagePictures> {
  const made = new Map<string, EvalExample | undefined>();
  const key = ({ pair, dilate }: ChosenPair) => `${pair} ${dilate}`;
  const all = [...chosen.examples, ...chosen.best, ...chosen.worst, ...chosen.dilated];
  const distinct = [...new Map(all.map((pair) => [key(pair), pair])).values()];
  for (const [i, pair] of distinct.entries()) {
    options.signal.throwIfAborted();
    made.set(key(pair), await makeExample(pair, options));
    options.onProgress(i + 1, distinct.length);
  }
  const of = (pairs: readonly ChosenPair[]) =>
    pairs.map((pair) => made.get(key(pair))).filter((example) => example !== undefined);
  return {
    examples: of(chosen.examples),
    best: of(chosen.best),
    worst: of(chosen.worst),
    dilationExamples: of(chosen.dilated),
  };
}

async function makeExample(
  { pair: index, dilate }: ChosenPair,
  { source, records, signal }: MakeExamplesOptions,
): Promise<EvalExample | undefined> {
  const scored = new Map(
    records.filter((record) => record.pair === index && record.dilate === dilate)
      .map((record) => [record.method, record]),
  );
  const pair = source.pairs[index];
  if (pair === undefined || scored.size === 0) return undefined;
  try {
    const damaged = damagePair(pair, await loadPair(pair, source.loading), dilate);
    const results = [];
    for (const method of source.methods) {
      const record = scored.get(method.name);
      if (record === undefined) continue;
      const { composite } = await fillPair(damaged, method, signal);
      const { picture } = await encode(composite, damaged);
      results.push({ method: method.name, picture, holePsnr: record.scores.hole.psnr });
    }
    const truth = await encode(damaged.truth, damaged);
    const { image, mask, bin, border, ratio } = [...scored.values()][0]!;
    return {
      ...{ image, mask, bin: holeBinName(bin), border, ratio, dilate },
      width: truth.width,
      height: truth.height,
      truth: truth.picture,
      damaged: (await encode(paintHoles(damaged), damaged)).picture,
      mimeType: "image/webp",
      results,
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function encode(rgb255: Uint8Array, { damaged: { width, height } }: DamagedPair) {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height));
  const shrunk = (side: number) => Math.max(1, Math.round(side * scale));
  const size = { width: shrunk(width), height: shrunk(height) };
  const box = { left: 0, top: 0, width, height };
  const small = scale === 1 ? rgb255 : resizeBox({ width, height, rgb255 }, box, size);
  const picture = await encodeImage({ ...size, rgba: withAlpha(small) }, {
    format: "webp",
    quality: QUALITY,
    keepAlpha: false,
  });
  return { ...size, picture };
}

function paintHoles({ damaged: { rgb255, holeMask } }: DamagedPair): Uint8Array {
  const painted = Uint8Array.from(rgb255);
  for (let i = 0; i < holeMask.length; i++) if (holeMask[i] === 1) painted.set(HOLE_COLOUR, i * 3);
  return painted;
}
