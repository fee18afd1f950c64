/**
 * Partial convolution: the operation of Liu et al. 2018.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { fusedPartialConv2d, fusedRatio, hasFusedKernels } from "./fused_partial_conv.ts";
import { checkGroups, explicitPad, groupConv2d, type GroupConvOptions } from "./group_conv.ts";
import { assertShape } from "./shape.ts";

/** Features that share one mask. A concatenation is a list of groups, each with its own mask. */
export interface MaskedFeatures {
  /** `[n, h, w, c]`, float32, finite. Values under the hole are multiplied by 0, so they do not matter. */
  readonly features: tf.Tensor4D;
  /** `[n, h, w, 1]`, float32, exactly 1 = known, 0 = hole. */
  readonly validMask: tf.Tensor4D;
}

/** One input of {@linkcode partialConv2d}. */
export interface PartialConvGroup extends MaskedFeatures {
  /**
   * 2 doubles features and mask by nearest neighbour before they are convolved; stride 1 and a 3x3 kernel
   * only. Same result as doubling them first, for 4/9 of the multiplications.
   * @default 1
   */
  readonly upsample?: 1 | 2;
}

/**
 * Options of {@linkcode partialConv2d}. The bias is not scaled by the mask ratio, and 0 where the window holds
 * nothing.
 */
export type PartialConvOptions = GroupConvOptions;

/**
 * Convolves only the known pixels of an image and grows the known region.
 *
 * With `s = Σ m` over the `kh·kw·cin` entries of a window (equations 1 and 2):
 * `out = Σ w·x·m · (kh·kw·cin / s) + bias` and `m' = 1` where `s > 0`; both 0 where `s = 0`.
 * The outside of the image is hole ("partial convolution as padding"): padding is `(k-1)/2` zeros of
 * features and mask on every side, and the ratio counts the full window.
 *
 * Channels of one group share a mask, so `s = Σ_g c_g · box(m_g)`, which equals the multi-channel masks of the
 * paper's implementation at `1/c` of the memory.
 *
 * @param groups One or more inputs of the same (doubled) size.
 * @param options Kernel, bias and stride.
 * @returns `features` `[n, h', w', cout]` and `validMask` `[n, h', w', 1]` with `h' = ceil(h / stride)`; the
 * caller's scope owns both. Differentiable in features, kernel and bias; masks are constants.
 * @throws {RangeError} If sizes, channels or options do not fit together.
 *
 * Source: Liu et al. 2018, equations 1 and 2; NVIDIA/partialconv models/partialconv2d.py.
 * Differs: no epsilon in the ratio; naoto0804's net.py lacks the factor `kh·kw·cin`.
 */
export function partialConv2d(
  groups: readonly PartialConvGroup[],
  options: PartialConvOptions,
): MaskedFeatures {
  const { kernel, bias, stride = 1 } = options;
  checkGroups("run partialConv2d", groups, options);
  groups.forEach(({ features, validMask }, index) => {
    const shape = [...features.shape.slice(0, 3), 1];
    assertShape("run partialConv2d", `validMask of group ${index}`, validMask.shape, shape);
  });
  if (hasFusedKernels()) return runFused(groups, options);
  return tf.tidy(() => {
    const { ratio, validMask } = windowRatio(groups, options);
    const known = groups.map(({ features, validMask, upsample = 1 }) => ({
      features: tf.mul(features, validMask) as tf.Tensor4D,
      upsample,
    }));
    const scaled = tf.mul(groupConv2d(known, { kernel, stride }), ratio);
    const features = bias === undefined ? scaled : tf.add(scaled, tf.mul(validMask, bias));
    return { features: features as tf.Tensor4D, validMask };
  });
}

/** The same in one kernel, with one more for the masks. */
function runFused(groups: readonly PartialConvGroup[], options: PartialConvOptions) {
  const { kernel: { shape: [kernelHeight, kernelWidth] }, stride = 1 } = options;
  return tf.tidy(() => {
    const masks = groups.map(({ validMask }) => validMask);
    const { ratio, validMask } = fusedRatio(masks, {
      stride,
      upsamples: groups.map(({ upsample = 1 }) => upsample),
      channels: groups.map(({ features }) => features.shape[3]),
      kernelSize: [kernelHeight, kernelWidth],
    });
    const features = fusedPartialConv2d(groups, options, { masks, ratio, validMask });
    return { features, validMask };
  });
}

/** `kh·kw·cin / s` where the window holds something, else 0; and the grown mask. Both `[n, h', w', 1]`. */
function windowRatio(
  groups: readonly PartialConvGroup[],
  { kernel, stride = 1 }: PartialConvOptions,
): { ratio: tf.Tensor4D; validMask: tf.Tensor4D } {
  const [kernelHeight, kernelWidth, cin] = kernel.shape;
  const pad = explicitPad(kernel);
  const box = tf.ones([kernelHeight, kernelWidth, 1, 1]) as tf.Tensor4D;
  const counts = groups.map(({ features, validMask, upsample = 1 }) => {
    const [, height, width] = validMask.shape;
    const mask = upsample === 2
      ? tf.image.resizeNearestNeighbor(validMask, [2 * height, 2 * width])
      : validMask;
    return tf.mul(tf.conv2d(mask, box, stride, pad), features.shape[3]);
  });
  const sum = counts.reduce((a, b) => tf.add(a, b)) as tf.Tensor4D;
  // Sums are whole numbers, so the smallest that is not empty is 1: dividing by max(s, 1) is exact.
  const validMask = tf.minimum(sum, 1) as tf.Tensor4D;
  const whole = kernelHeight * kernelWidth * cin;
  const ratio = tf.mul(tf.div(whole, tf.maximum(sum, 1)), validMask) as tf.Tensor4D;
  return { ratio, validMask };
}
