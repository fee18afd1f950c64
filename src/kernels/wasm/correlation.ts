/**
 * Windows times slopes, added up over a walk of pixels.
 * @module
 */
import { BLOCK_CHANNELS } from "../simd/dense_conv_kernel.ts";
import { TILE_NUMBERS } from "../simd/filter_gradient_kernel.ts";
import { countBlocks, type Window } from "./dense_convolution.ts";
import {
  addressAt,
  forEachStretch,
  type Grid,
  type Piece,
  STRETCH_CAPACITY,
} from "./pixel_lists.ts";
import type { Take, Workspace } from "./workspace.ts";

/** What {@linkcode correlateWalk} computes. */
export interface CorrelationPass {
  readonly n: number;
  readonly rows: number;
  readonly columns: number;
  /** First number of each window. */
  readonly input: Grid;
  /** First channel of each pixel's slopes. */
  readonly slopes: Grid;
  readonly window: Window;
  /** Channels of the slopes. */
  readonly channels: number;
  /** `[window.rows, window.run]` lines of {@linkcode sumsLineBytes}, replaced. */
  readonly sums: number;
}

const LINE_BYTES = 4 * BLOCK_CHANNELS;

/** Bytes of a line of sums: sums are written 8 channels at a time. */
export function sumsLineBytes(channels: number): number {
  return LINE_BYTES * countBlocks(channels);
}

/** Computes `sums[row, number, channel] = Σ window[row, number] · slopes[channel]` over all pixels. */
export function correlateWalk(workspace: Workspace, take: Take, pass: CorrelationPass): void {
  const { input, slopes, window: { rows, run, pitch }, channels, sums } = pass;
  const blocks = countBlocks(channels);
  const lineBytes = sumsLineBytes(channels);
  const blockBytes = STRETCH_CAPACITY * LINE_BYTES;
  const packed = take(blocks * blockBytes);
  workspace.bytes().fill(0, sums, sums + rows * run * lineBytes);
  const { gather } = workspace.kernels;
  const filterGradient = workspace.kernels.filterGradient[channels <= 4 ? 1 : 2];
  const [tiles, rest] = [Math.floor(run / TILE_NUMBERS), run % TILE_NUMBERS];
  const done = tiles * TILE_NUMBERS;
  const packPiece = ({ image, row, column, pixels, index }: Piece) => {
    const line = addressAt(slopes, image, row, column);
    for (let block = 0; block < blocks; block++) {
      const target = packed + block * blockBytes + index * LINE_BYTES;
      const left = Math.min(BLOCK_CHANNELS, channels - block * BLOCK_CHANNELS);
      gather(line + LINE_BYTES * block, target, pixels, slopes.columnStep, 4, left);
    }
  };
  const addUp = (begin: number, end: number) => {
    for (let block = 0; block < blocks; block++) {
      const from = packed + block * blockBytes;
      for (let row = 0; row < rows; row++) {
        const target = sums + row * run * lineBytes + LINE_BYTES * block;
        const offset = row * pitch;
        if (tiles > 0) {
          filterGradient[TILE_NUMBERS]!(begin, end, offset, from, target, lineBytes, tiles);
        }
        if (rest === 0) continue;
        const restTarget = target + done * lineBytes;
        filterGradient[rest]!(begin, end, offset + 4 * done, from, restTarget, lineBytes, 1);
      }
    }
  };
  forEachStretch(workspace, take, { ...pass, input, output: input }, {
    onPiece: packPiece,
    visit: ({ begin, end }) => addUp(begin, end),
  });
}
