/**
 * LPIPS: how far apart two pictures look, by features of a fixed network.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { WeightsError } from "../errors.ts";
import type { PictureSize } from "./classifier.ts";
import { checkPicture, type PixelScale, scalePixels } from "./pixel_scale.ts";
import {
  type Chain,
  type ChainNumbers,
  createChain,
  disposeChain,
  runStep,
} from "./torchvision_chain.ts";
import { smallestTapped } from "./torchvision_layouts.ts";

/** Numbers of LPIPS. */
export interface LpipsNumbers {
  /** Features alone; linear layers are not used. */
  readonly backbone: ChainNumbers;
  /** Weights by channel, one array per tap of the backbone's layout, of as many channels; none is negative. */
  readonly heads: readonly Float32Array[];
}

/** Compares pictures; made by {@linkcode createLpips}. */
export interface Lpips {
  /** For tables: "LPIPS (AlexNet)". */
  readonly name: string;
  /** Least width and height of pictures, in pixels. */
  readonly smallest: number;
  /**
   * @param aRgb255 `[height, width, 3]`.
   * @param bRgb255 Of the same size.
   * @returns From 0, which means equal; around 1 is far apart.
   * @throws {RangeError} If the pictures are not of the size, or smaller than {@linkcode smallest}.
   * @throws {WeightsError} If the distance is not finite.
   */
  distance(aRgb255: Uint8Array, bRgb255: Uint8Array, size: PictureSize): Promise<number>;
  /** Frees the network. */
  dispose(): void;
}

/** Added to the length of a feature vector that it is divided by. */
const EPSILON = 1e-10;

const SHIFT = [-0.030, -0.088, -0.188] as const;
const SCALE = [0.458, 0.448, 0.450] as const;

/** Pictures in [-1, 1], then the scaling layer `(x - SHIFT) / SCALE`, as one step. */
const LPIPS_SCALE: PixelScale = {
  offset: [127.5 * (1 + SHIFT[0]), 127.5 * (1 + SHIFT[1]), 127.5 * (1 + SHIFT[2])],
  divisor: [127.5 * SCALE[0], 127.5 * SCALE[1], 127.5 * SCALE[2]],
};

/**
 * Puts LPIPS on the active backend.
 *
 * Per tap: feature vectors of every place are divided by their length, the squared differences are weighted by
 * channel and added up, and the mean over all places is taken; the distance is the sum over the taps.
 *
 * Source: Zhang et al. 2018, equation 1; richzhang/PerceptualSimilarity, lpips/lpips.py, version 0.1.
 * Differs: means are in float64; torchmetrics divides by `sqrt(1e-8 + Σ x²)`.
 */
export function createLpips({ backbone, heads }: LpipsNumbers): Lpips {
  const chain = createChain({ ...backbone, linears: [] });
  const weights = heads.map((head) => tf.tensor2d(head, [head.length, 1]));
  const smallest = smallestTapped(backbone.layout);
  return {
    name: `LPIPS (${backbone.layout.name})`,
    smallest,
    distance: async (a, b, { width, height }) => {
      if (Math.min(width, height) < smallest) {
        throw new RangeError(
          `Cannot compare pictures: they are ${width}x${height}, must be at least ` +
            `${smallest}x${smallest}`,
        );
      }
      const [x, y] = [a, b].map((rgb255) => {
        checkPicture(rgb255, { width, height, action: "compare pictures" });
        return () => scalePixels(rgb255, { width, height, scale: LPIPS_SCALE });
      }) as [() => tf.Tensor4D, () => tf.Tensor4D];
      const maps = tf.tidy(() => differenceMaps(chain, weights, [x(), y()]));
      // Read as maps, not as means: tfjs adds long rows in float32 one after the other.
      const values = await Promise.all(maps.map((map) => map.data<"float32">()));
      tf.dispose(maps);
      const distance = values.reduce((sum, map) => sum + meanOf(map), 0);
      if (Number.isFinite(distance)) return distance;
      throw new WeightsError(`Cannot use LPIPS: a distance is ${distance}, must be finite`);
    },
    dispose: () => {
      disposeChain(chain);
      tf.dispose(weights);
    },
  };
}

/** Weighted squared difference of every place, `[h·w, 1]`, one map per tap. Disposes what it no longer needs. */
function differenceMaps(
  chain: Chain,
  weights: readonly tf.Tensor2D[],
  pictures: readonly [tf.Tensor4D, tf.Tensor4D],
): tf.Tensor[] {
  const { steps, taps } = chain.layout;
  const maps: tf.Tensor[] = [];
  let [a, b] = pictures;
  for (let index = 0; maps.length < taps.length; index++) {
    // The pictures go side by side and not as a batch: buffers of GPUs are limited.
    const next = [a, b].map((x) => runStep(chain, index, x)) as [tf.Tensor4D, tf.Tensor4D];
    tf.dispose([a, b]);
    [a, b] = next;
    const step = steps[index]!;
    if (step.kind !== "conv" || !taps.includes(step.place)) continue;
    const weight = weights[maps.length]!;
    maps.push(tf.tidy(() => {
      const square = tf.squaredDifference(unitLength(a), unitLength(b));
      return tf.matMul(tf.reshape(square, [-1, weight.shape[0]]), weight);
    }));
  }
  return maps;
}

function unitLength(x: tf.Tensor4D): tf.Tensor {
  return tf.tidy(() => tf.div(x, tf.add(tf.sqrt(tf.sum(tf.square(x), -1, true)), EPSILON)));
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
