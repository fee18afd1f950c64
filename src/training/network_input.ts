/**
 * What a network is given of a batch: pixels, their mask, and a guess to begin from.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { UNetConfig } from "../model/unet_config.ts";
import type { MaskedFeatures } from "../ops/partial_conv.ts";
import { pyramidFill } from "../ops/pyramid_fill.ts";

/** What is known and guessed of the pictures of a batch, where that is not the truth. */
export interface LatticePlanes {
  /** `[n, h, w, 3]`, 0..255: what is known; looked at where the batch has no hole. */
  readonly input255: Uint8Array;
  /** `[n, h, w, 3]`, 0..255: looked at where `guessMask` is 1. */
  readonly guess255: Uint8Array;
  /** `[n, h, w]`, 1 where the guess is good. */
  readonly guessMask: Uint8Array;
}

/** Options of {@linkcode networkInput}. */
export interface NetworkInputOptions {
  /** rgb01 `[n, h, w, 3]`, the whole truth. */
  readonly target: tf.Tensor4D;
  /** `[n, h, w, 1]`, 1 = known. */
  readonly validMask: tf.Tensor4D;
  readonly lattice: LatticePlanes | undefined;
}

/** What `runUNet` takes. */
export interface NetworkInput {
  readonly masked: MaskedFeatures;
  /** Undefined where the network makes its own, or has no base. */
  readonly fills: readonly tf.Tensor4D[] | undefined;
  /**
   * `[n, h, w, 1]`, 1 where the input is the truth, for losses. A pixel of a small picture is a mean of many, so where it
   * stands in the enlargement the output is to be learnt too.
   */
  readonly truthMask: tf.Tensor4D;
}

/**
 * Makes the input of the network. Without planes that is the truth, which the network does not look at in the hole.
 * With them, known pixels come from `input255`, and the base begins with the guess: what is not guessed is filled from
 * what is. For a picture whose known pixels are the truth, and its guess no more than these, both give the same bits.
 *
 * @returns Tensors of the caller's scope.
 */
export function networkInput(
  { base }: UNetConfig,
  { target, validMask, lattice }: NetworkInputOptions,
): NetworkInput {
  if (lattice === undefined) {
    const masked = { features: target, validMask };
    return { masked, fills: undefined, truthMask: validMask };
  }
  const rgb01 = (bytes: Uint8Array) =>
    tf.div(tf.tensor4d(bytes, target.shape, "float32"), 255) as tf.Tensor4D;
  const masked = { features: rgb01(lattice.input255), validMask };
  const truthMask = tf.tidy(() => {
    const error = tf.max(tf.abs(tf.sub(masked.features, target)), 3, true);
    return tf.mul(validMask, tf.sub(1, tf.sign(error))) as tf.Tensor4D;
  });
  if (base === "none") return { masked, fills: undefined, truthMask };
  const fills = pyramidFill({
    features: rgb01(lattice.guess255),
    validMask: tf.tensor4d(lattice.guessMask, validMask.shape, "float32"),
  });
  return { masked, fills, truthMask };
}
