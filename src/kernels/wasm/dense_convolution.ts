/**
 * Windows times weights over a walk of pixels.
 * @module
 */
import { BLOCK_CHANNELS } from "../simd/dense_conv_kernel.ts";
import { forEachStretch, type Walk } from "./pixel_lists.ts";
import type { Take, Workspace } from "./workspace.ts";

/** The part of a canvas that one output pixel sees: rows of consecutive numbers. */
export interface Window {
  readonly rows: number;
  /** Numbers of a row: taps times channels. */
  readonly run: number;
  /** Bytes from one row of the canvas to the next. */
  readonly pitch: number;
}

/** What {@linkcode convolveWalk} computes. */
export interface DensePass {
  readonly walk: Walk;
  readonly window: Window;
  /** Made by {@linkcode packWeights}. */
  readonly weights: number;
  /** Output channels. */
  readonly channels: number;
  /** Address of a number for each channel; @default {undefined} All 0 */
  readonly bias?: number | undefined;
  /** Factor of what is negative in the end; @default 1 */
  readonly slope?: number | undefined;
  /** True adds to the output instead of replacing it; @default false */
  readonly isAdded?: boolean | undefined;
}

/** Blocks of 8 that hold all channels. */
export function countBlocks(channels: number): number {
  return Math.ceil(channels / BLOCK_CHANNELS);
}

/** Computes `out = slope(factor · Σ window · weights + biasFactor · bias [+ out])` for all pixels of a walk. */
export function convolveWalk(
  workspace: Workspace,
  take: Take,
  { walk, window: { rows, run, pitch }, weights, channels, ...rest }: DensePass,
): void {
  const { bias, slope = 1, isAdded = false } = rest;
  const blocks = countBlocks(channels);
  const padded = take(4 * BLOCK_CHANNELS * blocks);
  const dummy = take(4 * BLOCK_CHANNELS * blocks);
  const slopeAt = take(4);
  const bytes = workspace.bytes();
  bytes.fill(0, padded, padded + 4 * BLOCK_CHANNELS * blocks);
  bytes.fill(0, dummy, dummy + 4 * BLOCK_CHANNELS * blocks);
  if (bias !== undefined) bytes.copyWithin(padded, bias, bias + 4 * channels);
  workspace.numbers()[slopeAt >>> 2] = slope;
  const lastChannels = channels - (blocks - 1) * BLOCK_CHANNELS;
  forEachStretch(workspace, take, walk, {
    dummy,
    visit: ({ begin, end }) =>
      workspace.kernels.convolve[channels <= 4 ? 1 : 2](
        ...[begin, end, weights, blocks, lastChannels],
        ...[rows, 4 * run, pitch - 4 * run, padded, slopeAt, isAdded ? 1 : 0],
      ),
  });
}

/**
 * A matrix of weights, one line for each number of a window, in blocks of 8 output channels.
 *
 * @param lines Number of lines; `lineStep` and `channelStep` are distances in bytes.
 * @param target Of `countBlocks(channels) · blockBytes`; lines are written from its beginning.
 */
export function packWeights(
  { kernels }: Workspace,
  source: {
    readonly address: number;
    readonly lines: number;
    readonly lineStep: number;
    readonly channels: number;
    readonly channelStep: number;
  },
  target: { readonly address: number; readonly blockBytes: number },
): void {
  const { address, lines, lineStep, channels, channelStep } = source;
  for (let block = 0; block < countBlocks(channels); block++) {
    const first = block * BLOCK_CHANNELS;
    kernels.gather(
      address + first * channelStep,
      target.address + block * target.blockBytes,
      lines,
      lineStep,
      channelStep,
      Math.min(BLOCK_CHANNELS, channels - first),
    );
  }
}
