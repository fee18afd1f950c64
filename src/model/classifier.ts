/**
 * Networks that say what a picture shows.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { WeightsError } from "../errors.ts";
import { checkPicture, type InputRange, PIXEL_SCALES, scalePixels } from "./pixel_scale.ts";

/** A size in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Gives each picture a probability for each of its classes. */
export interface Classifier {
  /** For tables and messages. */
  readonly name: string;
  /** Number of classes. */
  readonly classes: number;
  /** The only size of pictures it takes; the caller resizes, with a filter that averages when it shrinks. */
  readonly inputSize: PictureSize;
  /** The range of colours it computes with. */
  readonly range: InputRange;
  /** What users must know of its numbers, a sentence without full stop. */
  readonly note?: string;
  /**
   * Classifies one picture.
   *
   * @param rgb255 `[height, width, 3]`.
   * @param size Must be {@linkcode inputSize}.
   * @returns Posterior `[classes]`: not negative, sum 1 to float32 rounding.
   * @throws {RangeError} If the picture has another size.
   * @throws {WeightsError} If the network's answer is not finite, or no posterior where it was one before.
   */
  classify(rgb255: Uint8Array, size: PictureSize): Promise<Float32Array>;
  /** Frees the network. */
  dispose(): void;
}

/** A network that a classifier is made of. */
export interface ClassifierNetwork {
  readonly name: string;
  readonly inputSize: PictureSize;
  readonly range: InputRange;
  /**
   * @param x `[1, height, width, 3]` in the range.
   * @returns One number per class, in any shape; the caller's scope owns it.
   */
  run(x: tf.Tensor4D): tf.Tensor;
  dispose(): void;
}

/** How far the sum of outputs that are taken for a posterior may be from 1: float16 is off by less. */
export const SUM_TOLERANCE = 1e-3;

/**
 * Makes a classifier of a network. It runs once, on a pattern of colours: if its outputs are not negative and their
 * sum is 1 ± {@linkcode SUM_TOLERANCE}, they are taken for a posterior and divided by their sum; if not, softmax is
 * applied to them, and `note` says so.
 *
 * @param network Belongs to the classifier from now on; it is freed if this fails.
 * @throws {WeightsError} If the active backend cannot run it, or its outputs are not finite or fewer than two.
 */
export async function createClassifier(network: ClassifierNetwork): Promise<Classifier> {
  const { name, inputSize, range } = network;
  try {
    const probe = await runNetwork(network, probePicture(inputSize));
    if (probe.length < 2) {
      throw new WeightsError(
        `Cannot use "${name}" as a classifier: it has ${probe.length} output, must have one per class`,
      );
    }
    const isPosterior = sumsToOne(probe);
    return {
      name,
      classes: probe.length,
      inputSize,
      range,
      ...(isPosterior ? {} : {
        note: `Outputs of ${name} are no probabilities (sum ${sumOf(probe).toPrecision(6)} on a ` +
          "pattern), so softmax is applied to them",
      }),
      classify: async (rgb255, { width, height }) => {
        checkPicture(rgb255, { width, height, action: "classify" });
        if (width !== inputSize.width || height !== inputSize.height) {
          throw new RangeError(
            `Cannot classify: picture is ${width}x${height}, must be ` +
              `${inputSize.width}x${inputSize.height}`,
          );
        }
        const outputs = await runNetwork(network, rgb255);
        if (!isPosterior) return softmax(outputs);
        if (sumsToOne(outputs)) return divideBySum(outputs);
        throw new WeightsError(
          `Cannot use "${name}" as a classifier: outputs have the sum ${
            sumOf(outputs)
          }, must be 1 ` +
            "as for other pictures",
        );
      },
      dispose: () => network.dispose(),
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

async function runNetwork(
  { name, range, inputSize, run }: ClassifierNetwork,
  rgb255: Uint8Array,
): Promise<Float32Array> {
  let outputs: Float32Array;
  try {
    const result = tf.tidy(() =>
      run(scalePixels(rgb255, { ...inputSize, scale: PIXEL_SCALES[range] }))
    );
    try {
      outputs = Float32Array.from(await result.data());
    } finally {
      result.dispose();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new WeightsError(`Cannot use "${name}" as a classifier: it does not run: ${reason}`, {
      cause,
    });
  }
  const bad = outputs.find((value) => !Number.isFinite(value));
  if (bad === undefined) return outputs;
  throw new WeightsError(
    `Cannot use "${name}" as a classifier: an output is ${bad}, must be a finite number`,
  );
}

/** Many colours and edges, as outputs of one grey can be a posterior by chance. */
function probePicture({ width, height }: PictureSize): Uint8Array {
  return Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (i * 5 + Math.floor(i / (width * 3)) * 11) % 256,
  );
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function sumsToOne(values: Float32Array): boolean {
  return values.every((value) => value >= 0) && Math.abs(sumOf(values) - 1) <= SUM_TOLERANCE;
}

function divideBySum(values: Float32Array): Float32Array {
  const sum = sumOf(values);
  return values.map((value) => value / sum);
}

/** In float64, so that all backends agree. */
function softmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((a, b) => Math.max(a, b));
  const powers = Float64Array.from(logits, (value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Float32Array.from(powers, (value) => value / sum);
}
