/**
 * Convolution and its input gradient by the fused programs, for training.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Arrangement, arrangeWeights } from "./arrange_weights.ts";
import type { ChooseTile } from "./choose_tile.ts";
import type { FusedGroup, FusedShape } from "./fused_conv_shape.ts";
import { runFused } from "./fused_partial_conv.ts";
import type { GpuBackend } from "./gpu_program.ts";

/** Geometry that both directions share: a square kernel, padding and stride the same in rows and columns. */
export interface SquareGeometry {
  /** Side of the kernel in pixels. */
  readonly side: number;
  readonly stride: 1 | 2;
  /** Zeros before the first row and column. */
  readonly pad: number;
  /** Size of the output of the convolution, in pixels. */
  readonly outHeight: number;
  readonly outWidth: number;
}

/**
 * Convolves.
 *
 * @param x `[n, h, w, cin]`.
 * @param kernel `[k, k, cin, cout]`, `cout` a multiple of 4.
 * @returns `[n, h', w', cout]`.
 */
export function plainConv(
  backend: GpuBackend,
  { x, kernel }: { readonly x: tf.TensorInfo; readonly kernel: tf.TensorInfo },
  { side, stride, pad, outHeight, outWidth }: SquareGeometry,
  chooseTile: ChooseTile,
): tf.TensorInfo {
  const cout = kernel.shape[3]!;
  const channels = inFours(x.shape[3]!);
  const phaseRows = side * side * channels;
  const arrangement: Arrangement = {
    isTransposed: false,
    phases: 1,
    taps: [side, side],
    first: [0, 0],
    step: 1,
    channels,
    phaseRows,
  };
  const group = { step: stride, taps: arrangement.taps, start: [-pad, -pad] as const };
  return convolve(backend, { map: x, kernel, arrangement, group, chooseTile }, {
    batch: x.shape[0]!,
    gridHeight: outHeight,
    gridWidth: outWidth,
    outStep: 1,
    cout,
  });
}

/**
 * Computes `dX[n,y,x,ci] = Σ dy[n,(y+p-i)/s,(x+p-j)/s,co] · W[i,j,ci,co]` over all taps that divide. At stride 2 that
 * are four convolutions of every second tap, none of whose products is 0 for sure.
 *
 * @param dy `[n, h', w', cout]`.
 * @param kernel `[k, k, cin, cout]`, `cin` a multiple of 4.
 * @param size Height and width of the result, even at stride 2.
 * @returns `[n, h, w, cin]`.
 */
export function plainInputGradient(
  backend: GpuBackend,
  { dy, kernel, size }: {
    readonly dy: tf.TensorInfo;
    readonly kernel: tf.TensorInfo;
    readonly size: readonly [height: number, width: number];
  },
  { side, stride, pad }: SquareGeometry,
  chooseTile: ChooseTile,
): tf.TensorInfo {
  const channels = inFours(dy.shape[3]!);
  // Row y = s·t + phase takes tap i where y + pad - i divides by s; the last such tap reads the first row of dy.
  const phase = (parity: number) => {
    const last = side - 1 - (((side - 1 - parity - pad) % stride) + stride) % stride;
    return {
      last,
      count: last < 0 ? 0 : Math.floor(last / stride) + 1,
      start: (parity + pad - last) / stride,
    };
  };
  const [even, odd] = [phase(0), phase(stride - 1)];
  const most = Math.max(even.count, odd.count);
  const arrangement: Arrangement = {
    isTransposed: true,
    phases: stride,
    taps: [even.count, odd.count],
    first: [Math.max(0, even.last), Math.max(0, odd.last)],
    step: -stride,
    channels,
    phaseRows: most * most * channels,
  };
  const group = {
    step: 1 as const,
    taps: arrangement.taps,
    start: [even.start, odd.start] as const,
  };
  return convolve(backend, { map: dy, kernel, arrangement, group, chooseTile }, {
    batch: dy.shape[0]!,
    gridHeight: size[0] / stride,
    gridWidth: size[1] / stride,
    outStep: stride,
    cout: kernel.shape[2]!,
  });
}

/** Fills channels, arranges weights, runs, frees. */
function convolve(
  backend: GpuBackend,
  { map, kernel, arrangement, group, chooseTile }: {
    readonly map: tf.TensorInfo;
    readonly kernel: tf.TensorInfo;
    readonly arrangement: Arrangement;
    readonly group: Pick<FusedGroup, "step" | "taps" | "start">;
    readonly chooseTile: ChooseTile;
  },
  output: Pick<FusedShape, "batch" | "gridHeight" | "gridWidth" | "outStep" | "cout">,
): tf.TensorInfo {
  const [, height, width, channels] = map.shape as [number, number, number, number];
  const filled = arrangement.channels - channels;
  const padded = filled === 0
    ? map
    : tf.pad(map as tf.Tensor, [[0, 0], [0, 0], [0, 0], [0, filled]]);
  const weights = arrangeWeights(backend, kernel, arrangement);
  const { batch, gridHeight, gridWidth, outStep, cout } = output;
  const pixels = batch * gridHeight * gridWidth;
  const isPhased = outStep === 2;
  const shape: FusedShape = {
    ...output,
    weightRows: arrangement.phaseRows * outStep ** 2,
    groups: [{
      ...group,
      height,
      width,
      channels: arrangement.channels,
      weightRow: 0,
      weightPhaseRows: isPhased ? arrangement.phaseRows : 0,
    }],
    slope: 1,
    isPlain: true,
    firsts: [0, 0, 0, 0],
    counts: isPhased ? [pixels, pixels, pixels, pixels] : [pixels, 0, 0, 0],
  };
  const tile = chooseTile({ pixels, cout });
  const result = runFused({ group0: padded, weights }, backend, { shape, tile });
  backend.disposeData(weights.dataId);
  if (padded !== map) (padded as tf.Tensor).dispose();
  return result;
}

function inFours(channels: number): number {
  return 4 * Math.ceil(channels / 4);
}
