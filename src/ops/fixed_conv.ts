/**
 * Convolution with a kernel that is never trained.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** A 3x3 convolution layer with fixed numbers. */
export interface FixedConv {
  /** `[3, 3, cin, cout]`. */
  readonly kernel: tf.Tensor4D;
  /** `[cout]`. */
  readonly bias: tf.Tensor1D;
  /** {@linkcode turnKernel} of `kernel`, made once because every backward pass needs it. */
  readonly turnedKernel: tf.Tensor4D;
}

/** Attributes of the fused kernel: what {@linkcode fixedConvRelu} computes. */
const FUSED_RELU = {
  strides: [1, 1],
  pad: "same",
  dataFormat: "NHWC",
  dilations: [1, 1],
  activation: "relu",
};

/**
 * `y = max(0, conv(x, kernel) + bias)` with zero padding and stride 1, differentiable in `x` alone.
 *
 * Forward it is one fused kernel, and only `y` is kept for the way back: `dx = conv(dy · [y > 0], turned kernel)`,
 * a convolution again, where tfjs's own gradient would also compute that of the kernel.
 *
 * @param x `[n, h, w, cin]`.
 * @param layer Must live until the gradient is computed: its tensors are not kept for it.
 * @returns `[n, h, w, cout]`.
 */
export function fixedConvRelu(x: tf.Tensor4D, layer: FixedConv): tf.Tensor4D {
  const run = tf.customGrad((input, save) => {
    // Not tf.fused.conv2d: inside of a gradient it falls back to three kernels.
    const inputs = { x: input as tf.Tensor4D, filter: layer.kernel, bias: layer.bias };
    const y: tf.Tensor = tf.engine().runKernel(tf.FusedConv2D, inputs, FUSED_RELU);
    (save as tf.GradSaveFunc)([y]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      tf.conv2d(tf.mul(dy, tf.step(saved[0]!)) as tf.Tensor4D, layer.turnedKernel, 1, "same");
    return { value: y, gradFunc };
  });
  return run(x) as tf.Tensor4D;
}

/** The kernel of the way back: turned by half a turn, input and output channels exchanged. */
export function turnKernel(kernel: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]));
}
