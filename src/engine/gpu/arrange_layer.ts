/**
 * One layer's numbers as the fused convolution reads them: kernels over a doubled map mixed to four kernels on the small
 * one, channels filled up to multiples of 4.
 * @module
 */
import { weightBlock } from "../../kernels/webgpu/fused_conv_shape.ts";

/** One input of a layer. */
export interface LayerGroup {
  readonly channels: number;
  /** 2: read at half the size, doubled by nearest neighbour. */
  readonly upsample: 1 | 2;
}

/** Numbers of a layer, batch norm folded in. */
export interface LayerNumbers {
  /** `[kernel, kernel, cin, cout]`, input channels in group order. */
  readonly kernel: ArrayLike<number>;
  /** Side of the kernel in pixels. */
  readonly side: number;
  readonly cout: number;
  /** `[cout]`. */
  readonly bias: ArrayLike<number>;
}

/** What {@linkcode arrangeLayer} returns. */
export interface ArrangedLayer {
  /** `[cout / block, rows, block]`, see `FusedInputs`. */
  readonly weights: Float32Array;
  /** Of all groups. */
  readonly rows: number;
  readonly bias: Float32Array;
  /** A multiple of 4. */
  readonly cout: number;
  /** First row of each group, rows of one phase (0 without phases), channels filled up. */
  readonly groups: readonly {
    readonly channels: number;
    readonly weightRow: number;
    readonly weightPhaseRows: number;
  }[];
}

/**
 * Which of three taps fall on each of the two small pixels that an output pixel sees, for even outputs `2t` (pixels
 * `t-1`, `t`) and odd ones `2t+1` (pixels `t`, `t+1`).
 */
const PHASE_TAPS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[0], [1, 2]],
  [[0, 1], [2]],
];

/** Fills channels up to a multiple of 4. */
export function inFours(channels: number): number {
  return 4 * Math.ceil(channels / 4);
}

/**
 * Arranges a layer. Sums of taps are made in float64, so that they round once.
 *
 * @throws {RangeError} If the kernel has another size than the groups and `cout` say, or is not 3x3 over a doubled map.
 */
export function arrangeLayer(numbers: LayerNumbers, groups: readonly LayerGroup[]): ArrangedLayer {
  const { kernel, side, cout } = numbers;
  const cin = groups.reduce((sum, { channels }) => sum + channels, 0);
  if (kernel.length !== side * side * cin * cout) {
    throw new RangeError(
      `Cannot arrange a layer: its kernel has ${kernel.length} numbers, must have ${
        [side, side, cin, cout].join("x")
      }`,
    );
  }
  const width = inFours(cout);
  const placed: ArrangedLayer["groups"][number][] = [];
  let rows = 0;
  for (const { channels, upsample } of groups) {
    if (upsample === 2 && side !== 3) {
      throw new RangeError(`Cannot arrange a layer: side is ${side}, must be 3 over a doubled map`);
    }
    const weightPhaseRows = upsample === 2 ? 4 * inFours(channels) : 0;
    placed.push({ channels: inFours(channels), weightRow: rows, weightPhaseRows });
    rows += upsample === 2 ? 4 * weightPhaseRows : side * side * inFours(channels);
  }
  const weights = new Float32Array(rows * width);
  const block = weightBlock(width);
  const line = new Float64Array(width);
  let firstChannel = 0;
  groups.forEach(({ channels, upsample }, index) => {
    let row = placed[index]!.weightRow;
    const step = inFours(channels);
    for (const taps of upsample === 2 ? phaseTaps() : singleTaps(side)) {
      for (let c = 0; c < channels; c++) {
        line.fill(0);
        for (const tap of taps) {
          const from = (tap * cin + firstChannel + c) * cout;
          for (let o = 0; o < cout; o++) line[o]! += kernel[from + o]!;
        }
        for (let o = 0; o < width; o += block) {
          const to = (o / block * rows + row + c) * block;
          for (let i = 0; i < block; i++) weights[to + i] = line[o + i]!;
        }
      }
      row += step;
    }
    firstChannel += channels;
  });
  const bias = new Float32Array(width);
  for (let o = 0; o < cout; o++) bias[o] = numbers.bias[o]!;
  return { weights, rows, bias, cout: width, groups: placed };
}

/** The 3x3 taps that are added up, for each phase and each of its 2x2 taps. */
function phaseTaps(): number[][] {
  return PHASE_TAPS.flatMap((rows) =>
    PHASE_TAPS.flatMap((columns) =>
      rows.flatMap((rowTaps) =>
        columns.map((columnTaps) =>
          rowTaps.flatMap((row) => columnTaps.map((column) => row * 3 + column))
        )
      )
    )
  );
}

function singleTaps(side: number): number[][] {
  return Array.from({ length: side * side }, (_, tap) => [tap]);
}
