/**
 * The network as a plain value.
 * @module
 */
import { UsageError } from "../errors.ts";
import { IMAGE_RANGES, type ImageRange, isImageRange } from "./image_range.ts";

/** One encoder level: a partial convolution of stride 2. */
export interface EncoderLevel {
  /** Side of the square kernel in pixels, odd. */
  readonly kernel: number;
  /** Output channels; the decoder stage that joins this level has as many. */
  readonly channels: number;
}

/** What the network's output is added to. */
export type Base = "none" | "pyramid";

/** What follows every partial convolution but the first and the last. */
export type Normalisation = "batch" | "none";

/** What a layer is made of. */
export type Convolution = "partial" | "typical";

/** Colour that typical convolutions see in the holes: 127.5 of 255, or the mean of ImageNet. */
export type HoleValue = "grey" | "imagenet-mean";

/** What networks of others do to the last layer's output. */
export type OutputHead = "sigmoid";

/** Everything that decides the shape and meaning of the network's parameters. */
export interface UNetConfig {
  /** Finest level first. */
  readonly encoder: readonly EncoderLevel[];
  /**
   * "none": the output is the image, as in the paper. "pyramid": the network corrects `pyramidFill` of the
   * input. The first layer and all decoder stages join the fill, in which nothing is missing, so no hole is left
   * after the first layer. Each decoder stage gives a correction at its own size (a head); these start at
   * zero, so an untrained network is that fill. Images enter minus 0.5.
   */
  readonly base: Base;
  /**
   * "batch": batch norm, as in the paper. "none": a bias instead, for small batches, whose statistics are too
   * noisy.
   */
  readonly normalisation: Normalisation;
  /**
   * "typical": `Conv`, the baseline of the paper: the same network without masks. Holes of the input take the
   * hole value, nothing says where they were, and images are padded with zeros. Needs base "none": a base leaves no
   * hole for a hole value.
   *
   * Source: Liu et al. 2018, figure 2 (e) and (f), section 4.3.
   * @default "partial"
   */
  readonly convolution?: Convolution;
  /**
   * For typical convolutions alone; the same in training and use.
   * @default "grey"
   */
  readonly holeValue?: HoleValue;
  /**
   * "sigmoid": the last layer's output, in holes too, plus a shift goes through LeakyReLU(0.2), a 1x1 convolution and
   * a sigmoid. For networks without a base, of partial convolutions, in "[0,1]".
   *
   * Source: PConv-Keras, libs/pconv_model.py, `outputs_img`; the paper has no such layer.
   * @default {undefined} The output is that of the last layer
   */
  readonly outputHead?: OutputHead;
  /**
   * Range that the network computes in; images go in and out as rgb01 all the same. Others than "[0,1]" for networks
   * without a base, of partial convolutions.
   */
  readonly range: ImageRange;
}

/** Hole values as rgb01. */
export const HOLE_VALUES: Readonly<Record<HoleValue, readonly [number, number, number]>> = {
  "grey": [0.5, 0.5, 0.5],
  "imagenet-mean": [0.485, 0.456, 0.406],
};

/** Subtracted from images that enter a network over a base, so that 0 is grey. */
export const IMAGE_CENTRE = 0.5;

/** Names of the networks that the program knows. */
export type PresetName = "paper" | "lite" | "tiny";

const level = (kernel: number, channels: number): EncoderLevel => ({ kernel, channels });

/**
 * The networks that the program knows.
 *
 * `paper`: Table 2 of Liu et al. 2018, 32.9 M parameters, nothing added.
 * `lite`: a quarter of its width and six levels over the pyramid fill, 1.2 M parameters; the default weights.
 * `tiny`: for tests.
 */
export const PRESETS: Readonly<Record<PresetName, UNetConfig>> = {
  paper: {
    encoder: [
      level(7, 64),
      level(5, 128),
      level(5, 256),
      level(3, 512),
      level(3, 512),
      level(3, 512),
      level(3, 512),
      level(3, 512),
    ],
    base: "none",
    normalisation: "batch",
    range: "[0,1]",
  },
  lite: {
    encoder: [
      level(7, 16),
      level(5, 32),
      level(5, 64),
      level(3, 128),
      level(3, 128),
      level(3, 128),
    ],
    base: "pyramid",
    normalisation: "none",
    range: "[0,1]",
  },
  tiny: {
    encoder: [level(5, 4), level(3, 8), level(3, 8)],
    base: "none",
    normalisation: "batch",
    range: "[0,1]",
  },
};

/** Height and width that a network can take are multiples of this, in pixels. */
export function sizeMultiple({ encoder }: UNetConfig): number {
  return 2 ** encoder.length;
}

/**
 * Writes a config as one line of JSON with a fixed key order, for checkpoints and comparison. Partial convolutions
 * go without saying, as in files from before there were others.
 */
export function formatUNetConfig(config: UNetConfig): string {
  const { encoder, base, normalisation, convolution, holeValue = "grey" } = config;
  const { outputHead, range } = config;
  return JSON.stringify({
    encoder: encoder.map(({ kernel, channels }) => ({ kernel, channels })),
    base,
    normalisation,
    ...(convolution === "typical" ? { convolution, holeValue } : {}),
    ...(outputHead === undefined ? {} : { outputHead }),
    range,
  });
}

/**
 * Reads what {@linkcode formatUNetConfig} wrote.
 *
 * @param name Where the text comes from, for the message.
 * @throws {UsageError} If the text is no valid config; every fault is named.
 */
export function parseUNetConfig(text: string, name: string): UNetConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`Cannot read the network config of ${name}: it is not JSON`, { cause });
  }
  const record = (value ?? {}) as Record<string, unknown>;
  const { encoder, base, normalisation, convolution, holeValue, outputHead, range } = record;
  const faults: string[] = [];
  if (!Array.isArray(encoder) || encoder.length === 0) {
    faults.push("encoder must be a list of levels");
  } else {
    encoder.forEach((entry: Record<string, unknown>, i) => {
      const { kernel, channels } = entry ?? {};
      if (!Number.isInteger(kernel) || (kernel as number) % 2 !== 1 || (kernel as number) < 1) {
        faults.push(`level ${i + 1} has kernel ${shown(kernel)}, must be an odd whole number`);
      }
      if (!Number.isInteger(channels) || (channels as number) < 1) {
        faults.push(
          `level ${i + 1} has channels ${shown(channels)}, must be a whole number from 1`,
        );
      }
    });
  }
  if (base !== "none" && base !== "pyramid") {
    faults.push(`base is ${shown(base)}, must be "none" or "pyramid"`);
  }
  if (normalisation !== "batch" && normalisation !== "none") {
    faults.push(`normalisation is ${shown(normalisation)}, must be "batch" or "none"`);
  }
  if (convolution !== undefined && convolution !== "partial" && convolution !== "typical") {
    faults.push(`convolution is ${shown(convolution)}, must be "partial" or "typical"`);
  }
  if (convolution === "typical") {
    if (!Object.hasOwn(HOLE_VALUES, String(holeValue))) {
      faults.push(`holeValue is ${shown(holeValue)}, must be "grey" or "imagenet-mean"`);
    }
    if (base === "pyramid") faults.push('typical convolutions have base "pyramid", must be "none"');
  }
  if (outputHead !== undefined && outputHead !== "sigmoid") {
    faults.push(`outputHead is ${shown(outputHead)}, must be "sigmoid"`);
  }
  if (!isImageRange(range)) {
    const names = IMAGE_RANGES.map((name) => JSON.stringify(name)).join(" or ");
    faults.push(`range is ${shown(range)}, must be ${names}`);
  } else if (range !== "[0,1]" && (base !== "none" || convolution === "typical")) {
    faults.push(`range is "${range}", must be "[0,1]" over a base or with typical convolutions`);
  }
  if (
    outputHead !== undefined &&
    (base !== "none" || convolution === "typical" || range !== "[0,1]")
  ) {
    faults.push(
      'an outputHead needs base "none", partial convolutions and range "[0,1]"',
    );
  }
  if (faults.length > 0) {
    const told = faults.slice(0, MOST_FAULTS).join("; ");
    const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : "";
    throw new UsageError(`Cannot read the network config of ${name}: ${told}${more}`);
  }
  return {
    encoder: encoder as EncoderLevel[],
    base: base as Base,
    normalisation: normalisation as Normalisation,
    ...(convolution === "typical" ? { convolution, holeValue: holeValue as HoleValue } : {}),
    ...(outputHead === undefined ? {} : { outputHead: outputHead as OutputHead }),
    range: range as ImageRange,
  };
}

/** Faults that one message tells. */
const MOST_FAULTS = 6;

/** A value of a file as a message shows it: on one line and short. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
