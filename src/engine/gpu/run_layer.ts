/**
 * One layer of a batch on the GPU.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { FusedGroup, FusedShape } from "../../kernels/webgpu/fused_conv_shape.ts";
import { fusedPartialConv } from "../../kernels/webgpu/fused_partial_conv.ts";
import type { ChooseTile } from "../../kernels/webgpu/choose_tile.ts";
import { listPixels } from "./pixel_lists.ts";
import type { UploadedLayer } from "./upload_network.ts";

/** What one layer computes for a batch. */
export interface LayerWork {
  /** Of the output, in pixels. */
  readonly height: number;
  /** Of the output, in pixels. */
  readonly width: number;
  /** `[height, width]` for each image of the batch. */
  readonly ratios: readonly Float32Array[];
  /** `[height, width]` for each image of the batch, 1 where the output is needed. */
  readonly needed: readonly Uint8Array[];
}

/**
 * Runs one layer.
 *
 * @param inputs `[n, h, w, c]` for each group of the layer, channels filled up, 0 under holes.
 * @returns `[n, height, width, cout]`, owned by the caller; pixels that are not needed hold anything.
 */
export function runLayer(
  layer: UploadedLayer,
  inputs: readonly tf.Tensor[],
  { height, width, ratios, needed }: LayerWork,
  chooseTile: ChooseTile,
): tf.Tensor4D {
  const outStep = layer.groups.some(({ upsample }) => upsample === 2) ? 2 : 1;
  const { pixels, firsts, counts } = listPixels(needed, { height, width, outStep });
  const shape: FusedShape = {
    batch: needed.length,
    gridHeight: height / outStep,
    gridWidth: width / outStep,
    outStep,
    cout: layer.cout,
    weightRows: layer.rows,
    groups: layer.groups.map((group) => placeGroup(layer, group, { height, width, outStep })),
    slope: layer.slope,
    isPlain: false,
    firsts,
    counts,
  };
  return tf.tidy(() =>
    fusedPartialConv(
      {
        groups: inputs,
        ratio: tf.tensor1d(joinPlanes(ratios)),
        pixels: tf.tensor1d(pixels, "int32"),
        weights: layer.weights,
        bias: layer.bias,
      },
      shape,
      chooseTile({ pixels: Math.max(...counts), cout: layer.cout }),
    )
  );
}

function placeGroup(
  { side, stride }: UploadedLayer,
  { upsample, channels, weightRow, weightPhaseRows }: UploadedLayer["groups"][number],
  { height, width, outStep }: { height: number; width: number; outStep: 1 | 2 },
): FusedGroup {
  const weights = { channels, weightRow, weightPhaseRows };
  if (upsample === 2) {
    return {
      ...weights,
      height: height / 2,
      width: width / 2,
      step: 1,
      taps: [2, 2],
      start: [-1, 0],
    };
  }
  const pad = (side - 1) / 2;
  return {
    ...weights,
    height: height * stride,
    width: width * stride,
    step: outStep === 2 ? 2 : stride,
    taps: [side, side],
    start: outStep === 2 ? [-pad, 1 - pad] : [-pad, -pad],
  };
}

/** Puts planes of a batch behind each other. */
export function joinPlanes(planes: readonly Float32Array[]): Float32Array {
  if (planes.length === 1) return planes[0]!;
  const joined = new Float32Array(planes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const plane of planes) {
    joined.set(plane, at);
    at += plane.length;
  }
  return joined;
}
