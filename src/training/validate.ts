/**
 * How well a network fills holes that it was not trained on.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { DivergenceError } from "../errors.ts";
import { HOLE_BINS, holeBin, holeBinName } from "../metrics/hole_bin.ts";
import { meanAbsoluteError } from "../metrics/mean_absolute_error.ts";
import { psnr } from "../metrics/psnr.ts";
import { ssim } from "../metrics/ssim.ts";
import { runUNet } from "../model/pconv_unet.ts";
import { type LatticePlanes, networkInput } from "./network_input.ts";
import type { TrainingState } from "./state.ts";

/** A picture and a hole in it. */
export interface ValidationPair {
  /** Of the picture, for messages and previews. */
  readonly name: string;
  /** `[size, size, 3]`, undamaged. */
  readonly rgb255: Uint8Array;
  /** `[size, size]`, 1 = hole; some pixels are. */
  readonly holeMask: Uint8Array;
  /** Of a picture that is to be enlarged: what is known, which is not the picture, and a guess. */
  readonly lattice?: LatticePlanes;
}

/** Options of {@linkcode validate}. */
export interface ValidateOptions {
  /** At least one. */
  readonly pairs: readonly ValidationPair[];
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** Pictures that go through the network at once; does not change the result. */
  readonly batchSize: number;
  /** Fills to return, those of the first pairs. @default 0 */
  readonly fills?: number;
  /** Told after each batch. */
  readonly onProgress?: (done: number) => void;
  /** Ends the work after the batch that is under way. */
  readonly signal?: AbortSignal;
}

/** Means over images. */
export interface MeanScores {
  readonly count: number;
  /** Of the whole picture, in percent of the range. */
  readonly l1Percent: number;
  /** Of the whole picture in dB; that of a faultless picture, which has none, counts as 100. */
  readonly psnr: number;
  /** Of the whole picture, at most 1. */
  readonly ssim: number;
  /** Of the hole pixels alone in dB, at most 100. */
  readonly holePsnr: number;
}

/** Means over the images whose hole ratio is in a bin, or over those that are to be enlarged. */
export interface BinScores extends MeanScores {
  /** For example "(0.01, 0.1]"; {@linkcode LATTICE_BIN} for pictures to be enlarged. */
  readonly bin: string;
}

/** Means over all images, and over those of each bin that has any. */
export interface ValidationScores extends MeanScores {
  readonly bins: readonly BinScores[];
}

/** What the network made of one pair. */
export interface ValidationFill {
  readonly pair: ValidationPair;
  /** rgb255 `[size, size, 3]`: the network's output at every pixel, clipped. */
  readonly raw: Uint8Array;
  /** rgb255 `[size, size, 3]`: `raw` in the hole, the picture elsewhere. */
  readonly composite: Uint8Array;
}

/** What {@linkcode validate} returns. */
export interface Validation {
  readonly scores: ValidationScores;
  readonly fills: readonly ValidationFill[];
}

/** The bin of pictures that are to be enlarged: they are all hole but for single pixels. */
export const LATTICE_BIN = "lattice";

/** PSNR in dB that stands for "no error", so that means stay finite. */
const MOST_PSNR = 100;

/**
 * Fills the holes of all pairs as inference does, with stored batch norm statistics, and compares the
 * composites, rounded to bytes, with the pictures. Changes nothing of the state and holds no tensors afterwards.
 *
 * @returns Undefined if it was stopped.
 * @throws {DivergenceError} If the output is not finite.
 */
export async function validate(
  state: TrainingState,
  options: ValidateOptions,
): Promise<Validation | undefined> {
  const { pairs, size, batchSize, fills: fillCount = 0, onProgress, signal } = options;
  const scored: { bin: number | "below" | "above" | typeof LATTICE_BIN; scores: MeanScores }[] = [];
  const fills: ValidationFill[] = [];
  for (let first = 0; first < pairs.length; first += batchSize) {
    if (signal?.aborted === true) return undefined;
    const group = pairs.slice(first, first + batchSize);
    const output = await fillBatch(state, group, { size, batchSize });
    group.forEach((pair, i) => {
      const length = size * size * 3;
      const raw = toBytes(output.subarray(i * length, (i + 1) * length), pair, state.step);
      // Of a lattice the pixels of the small picture are known, not the truth.
      const known = pair.lattice?.input255 ?? pair.rgb255;
      const composite = raw.map((value, at) =>
        pair.holeMask[Math.floor(at / 3)] === 1 ? value : known[at]!
      );
      const extent = { width: size, height: size };
      scored.push({
        bin: pair.lattice === undefined ? holeBin(pair.holeMask, extent).bin : LATTICE_BIN,
        scores: scorePair(pair, composite, extent),
      });
      if (fills.length < fillCount) fills.push({ pair, raw, composite });
    });
    onProgress?.(first + group.length);
  }
  const bins = [...HOLE_BINS.keys(), LATTICE_BIN].flatMap((wanted) => {
    const members = scored.filter(({ bin }) => bin === wanted).map(({ scores }) => scores);
    const bin = typeof wanted === "number" ? holeBinName(wanted) : wanted;
    return members.length === 0 ? [] : [{ bin, ...meanOf(members) }];
  });
  return { scores: { ...meanOf(scored.map(({ scores }) => scores)), bins }, fills };
}

/** Returns rgb01 `[pairs, size, size, 3]`, not clipped. All batches have one size: shaders are made per shape. */
async function fillBatch(
  { config, parameters }: TrainingState,
  pairs: readonly ValidationPair[],
  { size, batchSize }: { size: number; batchSize: number },
): Promise<Float32Array> {
  const area = size * size;
  const rgb255 = new Uint8Array(batchSize * area * 3);
  const holeMask = new Uint8Array(batchSize * area);
  for (let i = 0; i < batchSize; i++) {
    const pair = pairs[Math.min(i, pairs.length - 1)]!;
    rgb255.set(pair.rgb255, i * area * 3);
    holeMask.set(pair.holeMask, i * area);
  }
  const lattice = latticeOf(pairs, { area, batchSize });
  const output = tf.tidy(() => {
    const target = tf.div(tf.tensor4d(rgb255, [batchSize, size, size, 3], "float32"), 255);
    const validMask = tf.sub(1, tf.tensor4d(holeMask, [batchSize, size, size, 1], "float32"));
    const { masked, fills } = networkInput(config, {
      target: target as tf.Tensor4D,
      validMask: validMask as tf.Tensor4D,
      lattice,
    });
    return runUNet(config, parameters, masked, fills === undefined ? {} : { fills }).output;
  });
  const values = await output.data() as Float32Array;
  output.dispose();
  return values;
}

/** The planes of a batch, if a picture of it is to be enlarged; the others give what they are. */
function latticeOf(
  pairs: readonly ValidationPair[],
  { area, batchSize }: { area: number; batchSize: number },
): LatticePlanes | undefined {
  if (pairs.every(({ lattice }) => lattice === undefined)) return undefined;
  const planes = {
    input255: new Uint8Array(batchSize * area * 3),
    guess255: new Uint8Array(batchSize * area * 3),
    guessMask: new Uint8Array(batchSize * area),
  };
  for (let i = 0; i < batchSize; i++) {
    const { rgb255, holeMask, lattice } = pairs[Math.min(i, pairs.length - 1)]!;
    planes.input255.set(lattice?.input255 ?? rgb255, i * area * 3);
    planes.guess255.set(lattice?.guess255 ?? rgb255, i * area * 3);
    planes.guessMask.set(lattice?.guessMask ?? holeMask.map((hole) => 1 - hole), i * area);
  }
  return planes;
}

/** rgb01 to 0..255, clipped and rounded. */
function toBytes(rgb01: Float32Array, { name }: ValidationPair, steps: number): Uint8Array {
  const bytes = new Uint8Array(rgb01.length);
  for (let i = 0; i < rgb01.length; i++) {
    const value = rgb01[i]!;
    if (!Number.isFinite(value)) {
      throw new DivergenceError(Math.max(0, steps - 1), {}, {
        culprit: `the output for validation image "${name}" holds ${value}`,
      });
    }
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, value)));
  }
  return bytes;
}

function scorePair(
  { rgb255, holeMask }: ValidationPair,
  composite: Uint8Array,
  extent: { width: number; height: number },
): MeanScores {
  return {
    count: 1,
    l1Percent: meanAbsoluteError(composite, rgb255),
    psnr: Math.min(MOST_PSNR, psnr(composite, rgb255)),
    ssim: ssim(composite, rgb255, extent),
    holePsnr: Math.min(MOST_PSNR, psnr(composite, rgb255, { holeMask })),
  };
}

function meanOf(scores: readonly MeanScores[]): MeanScores {
  const mean = (key: keyof MeanScores) =>
    scores.reduce((sum, each) => sum + each[key], 0) / scores.length;
  return {
    count: scores.length,
    l1Percent: mean("l1Percent"),
    psnr: mean("psnr"),
    ssim: mean("ssim"),
    holePsnr: mean("holePsnr"),
  };
}
