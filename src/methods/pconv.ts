/**
 * Filling by the network.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Backend } from "../backend/open_backend.ts";
import { BackendError } from "../errors.ts";
import type { UNetParameters } from "../model/parameters.ts";
import { runUNet, sizeMultiple } from "../model/pconv_unet.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { crop, padTo } from "../ops/crop.ts";
import { pyramidFill } from "../ops/pyramid_fill.ts";
import { planRegions, type Rectangle } from "./hole_regions.ts";
import { blendWeights, tileSpans } from "./tiles.ts";
import type { DamagedImage, FillMethod } from "./types.ts";

/** Options of {@linkcode pconv}. */
export interface PconvOptions {
  readonly config: UNetConfig;
  readonly parameters: UNetParameters;
  readonly backend: Backend;
  /** Pixels around a hole that are seen. */
  readonly context: number | "auto";
  /** Largest side that goes through the network at once, in pixels; larger crops are tiled and blended. */
  readonly tile: number;
}

/**
 * Fills holes with a partial-convolution network. A large picture is filled crop by crop at its own
 * resolution; crops larger than a tile share one base fill and are blended from overlapping tiles.
 */
export function pconv(options: PconvOptions): FillMethod {
  return {
    name: "pconv",
    fill: (image, { signal } = {}) => paint(image, { ...options, signal, paintsKnown: false }),
    predict: (image, { signal } = {}) => paint(image, { ...options, signal, paintsKnown: true }),
  };
}

interface PaintOptions extends PconvOptions {
  readonly signal: AbortSignal | undefined;
  /** True puts the network's output at known pixels too, as far as crops reach. */
  readonly paintsKnown: boolean;
}

/** Runs the network over every crop and puts its output into a copy of the picture. */
async function paint(
  image: DamagedImage,
  { signal, paintsKnown, ...options }: PaintOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, holeMask, rgb255 } = image;
  const { context, config } = options;
  const regions = planRegions(holeMask, image, { context, align: sizeMultiple(config) });
  const result = new Uint8Array(rgb255);
  for (const { crop, owns } of regions) {
    signal?.throwIfAborted();
    const output = await fillCrop(cutOut(image, crop), options, signal);
    for (let y = 0; y < crop.height; y++) {
      for (let x = 0; x < crop.width; x++) {
        const [column, row] = [crop.left + x, crop.top + y];
        const to = row * width + column;
        const isPainted = holeMask[to] === 0 ? paintsKnown : owns(column, row);
        if (!isPainted) continue;
        const from = (y * crop.width + x) * 3;
        for (let c = 0; c < 3; c++) result[to * 3 + c] = toByte(output[from + c]!);
      }
    }
  }
  return result;
}

function cutOut({ width, rgb255, holeMask }: DamagedImage, crop: Rectangle): DamagedImage {
  const rgb = new Uint8Array(crop.width * crop.height * 3);
  const hole = new Uint8Array(crop.width * crop.height);
  for (let y = 0; y < crop.height; y++) {
    const from = (crop.top + y) * width + crop.left;
    rgb.set(rgb255.subarray(from * 3, (from + crop.width) * 3), y * crop.width * 3);
    hole.set(holeMask.subarray(from, from + crop.width), y * crop.width);
  }
  return { width: crop.width, height: crop.height, rgb255: rgb, holeMask: hole };
}

/** Runs the network over a crop. Returns rgb01 `[height, width, 3]`, not clipped. */
async function fillCrop(
  { width, height, rgb255, holeMask }: DamagedImage,
  options: PconvOptions,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { config, parameters, backend } = options;
  const multiple = sizeMultiple(config);
  const roundUp = (size: number) => Math.ceil(size / multiple) * multiple;
  const [rows, columns] = [roundUp(height), roundUp(width)];
  // A tile of one multiple could not overlap the next.
  const tile = Math.max(2 * multiple, roundUp(options.tile));
  // What is added at the right and bottom is hole, as the outside of an image always is to the network.
  const masked = tf.tidy(() => {
    const validMask = tf.sub(1, tf.tensor4d(holeMask, [1, height, width, 1], "float32"));
    const features = tf.div(tf.tensor4d(rgb255, [1, height, width, 3], "float32"), 255);
    const pad = (x: tf.Tensor) =>
      padTo(x as tf.Tensor4D, { top: 0, left: 0, height: rows, width: columns });
    return { features: pad(features), validMask: pad(validMask) };
  });
  const depth = config.encoder.length;
  const fills = config.base === "none" ? [] : tf.tidy(() => pyramidFill(masked).slice(0, depth));
  const sum = new Float32Array(height * width * 3);
  const [down, across] = [tileSpans(rows, tile, multiple), tileSpans(columns, tile, multiple)];
  try {
    for (const vertical of down) {
      for (const horizontal of across) {
        signal?.throwIfAborted();
        const window = (x: tf.Tensor4D, scale: number) =>
          crop(x, {
            top: vertical.start / scale,
            left: horizontal.start / scale,
            height: vertical.size / scale,
            width: horizontal.size / scale,
          });
        const output = tf.tidy(() =>
          runUNet(config, parameters, {
            features: window(masked.features, 1),
            validMask: window(masked.validMask, 1),
          }, { fills: fills.map((fill, level) => window(fill, 2 ** level)) }).output
        );
        const values = await output.data() as Float32Array;
        output.dispose();
        backend.assertHealthy();
        const weights = {
          vertical: blendWeights(vertical, down, rows),
          horizontal: blendWeights(horizontal, across, columns),
        };
        for (let y = 0; y < vertical.size && vertical.start + y < height; y++) {
          for (let x = 0; x < horizontal.size && horizontal.start + x < width; x++) {
            const weight = weights.vertical[y]! * weights.horizontal[x]!;
            const to = ((vertical.start + y) * width + horizontal.start + x) * 3;
            const from = (y * horizontal.size + x) * 3;
            for (let c = 0; c < 3; c++) sum[to + c]! += weight * values[from + c]!;
          }
        }
      }
    }
  } finally {
    tf.dispose([masked.features, masked.validMask, ...fills]);
  }
  return sum;
}

/** rgb01 to 0..255, clipped and rounded. @throws {BackendError} If it is not a finite number. */
export function toByte(value: number): number {
  if (!Number.isFinite(value)) {
    throw new BackendError(`Cannot use the network's output: it holds ${value}`, {
      hint: "The weights or the device are broken; check them with pconv doctor",
    });
  }
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
