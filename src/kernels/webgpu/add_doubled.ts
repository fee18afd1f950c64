/**
 * Adds a bilinearly doubled map to another one, for listed pixels alone.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type GpuBackend, type GpuProgram, runGpuProgram } from "./gpu_program.ts";

/** Name under which tfjs knows the kernel. */
export const ADD_DOUBLED = "AddBilinearDoubled";

/** Tensors of {@linkcode addDoubled}. */
export interface AddDoubledInputs {
  /** `[n, h, w, 4]`. */
  readonly image: tf.Tensor;
  /** `[n, h/2, w/2, 4]`. */
  readonly coarser: tf.Tensor;
  /** int32, positions `(n·h + y)·w + x`. */
  readonly pixels: tf.Tensor;
  /** Pixels of the list. */
  readonly count: number;
}

const THREADS = 64;

/**
 * Computes `image + double(coarser)` at the listed pixels, half-pixel centres, the edge pixel repeated outside, as
 * `upsampleBilinear` does. Other pixels of the result hold whatever was in memory.
 *
 * @returns `[n, h, w, 4]`, owned by the caller.
 */
export function addDoubled({ count, ...inputs }: AddDoubledInputs): tf.Tensor4D {
  return tf.engine().runKernel(
    ADD_DOUBLED,
    inputs as unknown as tf.NamedTensorMap,
    { count },
  ) as tf.Tensor4D;
}

/** The kernel behind {@linkcode addDoubled}, as tfjs calls it. */
export function addDoubledKernel(
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  backend: GpuBackend,
  { count }: { readonly count: number },
): tf.TensorInfo {
  const { image, coarser, pixels } = inputs;
  const [n, height, width, channels] = image!.shape as [number, number, number, number];
  const expected = [n, height / 2, width / 2, 4];
  if (channels !== 4 || expected.some((side, axis) => side !== coarser!.shape[axis])) {
    throw new RangeError(
      `Cannot run ${ADD_DOUBLED}: maps are [${image!.shape}] and [${coarser!.shape}], ` +
        "must be [n, h, w, 4] and [n, h/2, w/2, 4]",
    );
  }
  const listed = pixels!.shape.reduce((product, side) => product * side, 1);
  if (count > listed) {
    throw new RangeError(`Cannot run ${ADD_DOUBLED}: count is ${count}, must be at most ${listed}`);
  }
  const most = backend.device.limits.maxComputeWorkgroupsPerDimension;
  const blocks = Math.ceil(count / THREADS);
  const columns = Math.max(1, Math.min(blocks, most));
  const program: GpuProgram = {
    variableNames: ["image", "coarser", "pixels"],
    variableComponents: [4, 4, 1],
    outputComponent: 4,
    outputShape: [1, n * height * width * 4],
    dispatchLayout: { x: [0], y: [1], z: [2] },
    dispatch: [columns, Math.ceil(blocks / columns), 1],
    workgroupSize: [THREADS, 1, 1],
    uniforms: "sides : vec2<i32>, count : i32,",
    shaderKey: "pconvAddDoubled",
    getUserCode: () => CODE,
  };
  return runGpuProgram(backend, program, {
    inputs: [image!, coarser!, pixels!],
    uniforms: [
      { type: "int32", data: [height, width] },
      { type: "int32", data: [count] },
    ],
    shape: [n, height, width, 4],
  });
}

const CODE = `
fn main() {
  let group = i32(workgroupId.x) + i32(workgroupId.y) * i32(numWorkgroups.x);
  let listed = group * ${THREADS} + i32(localId.x);
  if (listed >= uniforms.count) { return; }
  let pixel = pixels[listed];
  let small = uniforms.sides / 2;
  let place = vec2<i32>((pixel / uniforms.sides.y) % uniforms.sides.x, pixel % uniforms.sides.y);
  let first = (pixel / (uniforms.sides.x * uniforms.sides.y)) * small.x * small.y;
  // Even positions lie a quarter before their small pixel, odd ones a quarter after it.
  let near = place / 2;
  let far = clamp(near + 2 * (place % 2) - 1, vec2<i32>(0), small - 1);
  let above = 0.75 * coarser[first + near.x * small.y + near.y] +
    0.25 * coarser[first + near.x * small.y + far.y];
  let below = 0.75 * coarser[first + far.x * small.y + near.y] +
    0.25 * coarser[first + far.x * small.y + far.y];
  result[pixel] = image[pixel] + 0.75 * above + 0.25 * below;
}`;
