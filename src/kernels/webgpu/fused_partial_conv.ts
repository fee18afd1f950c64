/**
 * Partial convolution with everything that follows it, in one pass on the GPU: convolution over groups, ratio, bias,
 * activation, for listed pixels alone.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { FusedShape } from "./fused_conv_shape.ts";
import { shapeUniforms, weightBlock } from "./fused_conv_shape.ts";
import { type GpuBackend, type GpuProgram, runGpuProgram } from "./gpu_program.ts";
import { pixelLanesProgram, type PixelLanesTile } from "./pixel_lanes.ts";
import { sharedTilesProgram, type SharedTilesTile } from "./shared_tiles.ts";

/** How the work is cut up. */
export type FusedTile = PixelLanesTile | SharedTilesTile;

/** Name under which tfjs knows the kernel. */
export const FUSED_PARTIAL_CONV = "FusedPartialConv2D";

/** Tensors of {@linkcode fusedPartialConv}. */
export interface FusedInputs {
  /** `[n, h, w, c]` each, `c` a multiple of 4, 0 under holes: no mask is multiplied. */
  readonly groups: readonly tf.Tensor[];
  /** `[n, h', w']`, what the sum is multiplied by; 0 where the output is 0 whatever the sum. */
  readonly ratio: tf.Tensor;
  /** int32, positions `(n·gridHeight + t)·gridWidth + u` by phase, and anything after them; see `FusedShape`. */
  readonly pixels: tf.Tensor;
  /**
   * `[cout / block, rows, block]` with the `weightBlock` of `cout`; rows for each group, phase, tap and input channel, in
   * this order.
   */
  readonly weights: tf.Tensor;
  /** `[cout]`. */
  readonly bias: tf.Tensor;
}

/**
 * Computes `max(v, slope·v)` of `v = ratio · Σ w·x + bias` at the listed pixels, and 0 where the ratio is 0. Other
 * pixels of the result hold whatever was in memory.
 *
 * @returns `[n, h', w', cout]`, owned by the caller.
 * @throws {RangeError} If channels do not fit the tile, or sizes do not fit together.
 */
export function fusedPartialConv(
  { groups, ratio, pixels, weights, bias }: FusedInputs,
  shape: FusedShape,
  tile: FusedTile,
): tf.Tensor4D {
  const named = Object.fromEntries(groups.map((group, i) => [`group${i}`, group]));
  const inputs = { ...named, ratio, pixels, weights, bias } as unknown as tf.NamedTensorMap;
  const attrs = { shape, tile } as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel(FUSED_PARTIAL_CONV, inputs, attrs) as tf.Tensor4D;
}

/** The kernel behind {@linkcode fusedPartialConv}, as tfjs calls it. */
export function fusedPartialConvKernel(
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  backend: GpuBackend,
  { shape, tile }: { readonly shape: FusedShape; readonly tile: FusedTile },
): tf.TensorInfo {
  checkShape(inputs, shape, tile);
  return runFused(inputs, backend, { shape, tile });
}

/** Runs the program of a tile over inputs that fit the shape. */
export function runFused(
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  backend: GpuBackend,
  { shape, tile }: { readonly shape: FusedShape; readonly tile: FusedTile },
): tf.TensorInfo {
  const most = backend.device.limits.maxComputeWorkgroupsPerDimension;
  const program: GpuProgram = tile.kind === "pixel-lanes"
    ? pixelLanesProgram(shape, tile, most)
    : sharedTilesProgram(shape, tile, most);
  const { batch, gridHeight, gridWidth, outStep, cout } = shape;
  return runGpuProgram(backend, program, {
    inputs: program.variableNames.map((name) => inputs[name]!),
    uniforms: shapeUniforms(shape),
    shape: [batch, gridHeight * outStep, gridWidth * outStep, cout],
  });
}

/** A wrong size would read foreign memory without any word from the GPU. */
function checkShape(
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  shape: FusedShape,
  tile: FusedTile,
): void {
  const { batch, gridHeight, gridWidth, outStep, cout, weightRows, groups, firsts, counts } = shape;
  const sizeOf = (name: string) => inputs[name]!.shape.reduce((product, side) => product * side, 1);
  const expect = (name: string, size: number) => {
    const found = sizeOf(name);
    if (found !== size) {
      throw new RangeError(
        `Cannot run ${FUSED_PARTIAL_CONV}: ${name} has ${found} numbers, must have ${size}`,
      );
    }
  };
  const quad = tile.kind === "pixel-lanes" ? tile.channels : 4;
  if (quad > weightBlock(cout)) {
    throw new RangeError(
      `Cannot run ${FUSED_PARTIAL_CONV}: a thread makes ${quad} of ${cout} channels, ` +
        `must make at most ${weightBlock(cout)}`,
    );
  }
  if (cout % 4 !== 0 || groups.some(({ channels }) => channels % 4 !== 0)) {
    throw new RangeError(
      `Cannot run ${FUSED_PARTIAL_CONV}: channels are ${
        groups.map(({ channels }) => channels).join(" + ")
      } to ${cout}, must be multiples of 4`,
    );
  }
  groups.forEach(({ height, width, channels }, i) =>
    expect(`group${i}`, batch * height * width * channels)
  );
  expect("ratio", batch * gridHeight * gridWidth * outStep ** 2);
  expect("bias", cout);
  const rows = groups.map(({ weightRow, weightPhaseRows, taps, channels }) =>
    weightRow + (weightPhaseRows === 0 ? channels * taps[0] ** 2 : weightPhaseRows * outStep ** 2)
  );
  if (Math.max(...rows) !== weightRows) {
    throw new RangeError(
      `Cannot run ${FUSED_PARTIAL_CONV}: groups have ${Math.max(...rows)} rows of weights, ` +
        `must have ${weightRows}`,
    );
  }
  expect("weights", weightRows * cout);
  const listed = Math.max(...firsts.map((first, i) => first + counts[i]!));
  if (listed > sizeOf("pixels")) {
    throw new RangeError(
      `Cannot run ${FUSED_PARTIAL_CONV}: ${listed} pixels are listed, must be at most ${
        sizeOf("pixels")
      }`,
    );
  }
}
