/**
 * A 3x3 convolution over a doubled image, computed on the small image.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { blocksToSpace } from "./blocks.ts";
import { crop } from "./crop.ts";
import { fusedPartialConv2d, hasFusedKernels } from "./fused_partial_conv.ts";
import { formatShape } from "./shape.ts";

/**
 * Which taps of a 3-tap filter fall on each of the two small pixels under a window, for the two output
 * pixels that lie between them. Output `2t-1` sees taps (0, 1) on pixel `t-1` and tap 2 on `t`;
 * output `2t` sees tap 0 on `t-1` and taps (1, 2) on `t`.
 */
const TAPS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[0, 1], [2]],
  [[0], [1, 2]],
];

/** `[16, 9]`: sums of the 3x3 taps that make the 2x2 kernels of the four output phases. */
function phaseSums(): number[] {
  const sums = new Array<number>(16 * 9).fill(0);
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 2; column++) {
      for (let phaseRow = 0; phaseRow < 2; phaseRow++) {
        for (let phaseColumn = 0; phaseColumn < 2; phaseColumn++) {
          const line = ((row * 2 + column) * 2 + phaseRow) * 2 + phaseColumn;
          for (const i of TAPS[phaseRow]![row]!) {
            for (const j of TAPS[phaseColumn]![column]!) sums[line * 9 + i * 3 + j] = 1;
          }
        }
      }
    }
  }
  return sums;
}

const PHASE_SUMS = phaseSums();

/** `[9, 16]`, the transpose. */
const PHASE_SUMS_TRANSPOSED = Array.from(
  { length: 9 * 16 },
  (_, i) => PHASE_SUMS[(i % 16) * 9 + Math.floor(i / 16)]!,
);

/** `[9, k]` to `[16, k]`: adds up taps. Linear, so its gradient is the transposed sum. */
function sumTaps(taps: tf.Tensor2D): tf.Tensor2D {
  // Written out because tfjs transposes inside the product, which is slow on the wasm backend.
  const sum = tf.customGrad((x: tf.Tensor | tf.GradSaveFunc) => ({
    value: tf.matMul(tf.tensor2d(PHASE_SUMS, [16, 9]), x as tf.Tensor2D),
    gradFunc: (dy: tf.Tensor) =>
      tf.matMul(tf.tensor2d(PHASE_SUMS_TRANSPOSED, [9, 16]), dy as tf.Tensor2D),
  }));
  return sum(taps) as tf.Tensor2D;
}

/**
 * Computes `conv2d(upsampleNearest(image), kernel)` with stride 1 and zero padding 1, without ever making the
 * large image: four 2x2 convolutions on the small one, 4/9 of the multiplications. Exact up to rounding.
 *
 * Zero padding outside of the doubled image is zero padding outside of the small one, so borders agree.
 *
 * @param image `[n, h, w, cin]`.
 * @param kernel `[3, 3, cin, cout]`.
 * @returns `[n, 2h, 2w, cout]`; the caller's scope owns it. Differentiable in both.
 * @throws {RangeError} If the kernel is not 3x3.
 */
export function upsampledConv2d(image: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D {
  const [kernelHeight, kernelWidth, cin, cout] = kernel.shape;
  if (kernelHeight !== 3 || kernelWidth !== 3) {
    throw new RangeError(
      `Cannot run upsampledConv2d: kernel is ${formatShape(kernel.shape)}, must be 3 by 3`,
    );
  }
  if (hasFusedKernels()) {
    return fusedPartialConv2d([{ features: image, upsample: 2 }], { kernel });
  }
  const [, height, width] = image.shape;
  return tf.tidy(() => {
    const mixed = sumTaps(tf.reshape(kernel, [9, cin * cout]));
    // [2·2, phases, cin, cout] to [2, 2, cin, phases·cout]
    const ordered = tf.transpose(tf.reshape(mixed, [4, 4, cin, cout]), [0, 2, 1, 3]);
    const phases = tf.reshape(ordered, [2, 2, cin, 4 * cout]) as tf.Tensor4D;
    const blocks = tf.conv2d(image, phases, 1, [[0, 0], [1, 1], [1, 1], [0, 0]]); // [n, h+1, w+1, 4·cout]
    // Block t holds output rows 2t-1 and 2t: the first row and the last lie outside.
    return crop(blocksToSpace(blocks, 2), {
      top: 1,
      left: 1,
      height: 2 * height,
      width: 2 * width,
    });
  });
}
