/**
 * Partial convolution: the operation of Liu et al. 2018.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { assertShape, formatShape } from "./shape.ts";
import { upsampledConv2d } from "./upsampled_conv.ts";

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

/** Options of {@linkcode partialConv2d}. */
export interface PartialConvOptions {
  /** `[kh, kw, cin, cout]` with odd `kh`, `kw`; input channels in group order. */
  readonly kernel: tf.Tensor4D;
  /** `[cout]`. Not scaled by the mask ratio, and 0 where the window holds nothing. */
  readonly bias?: tf.Tensor1D;
  /**
   * In pixels.
   * @default 1
   */
  readonly stride?: 1 | 2;
}

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
  checkArguments(groups, options);
  const [kernelHeight, kernelWidth] = kernel.shape;
  const padRows = (kernelHeight - 1) / 2;
  const padColumns = (kernelWidth - 1) / 2;
  const pad: [number, number][] = [[0, 0], [padRows, padRows], [padColumns, padColumns], [0, 0]];
  const result = tf.tidy(() => {
    const { ratio, validMask } = windowRatio(groups, options, pad as ExplicitPad);
    let firstChannel = 0;
    const parts = groups.map(({ features, validMask, upsample = 1 }) => {
      const channels = features.shape[3];
      // Groups are convolved apart and added up: the same sum as over their concatenation, whose copies
      // (and slices on the way back) cost more than the arithmetic.
      const part = groups.length === 1
        ? kernel
        : tf.slice(kernel, [0, 0, firstChannel, 0], [-1, -1, channels, -1]);
      firstChannel += channels;
      const known = tf.mul(features, validMask) as tf.Tensor4D;
      return upsample === 2
        ? upsampledConv2d(known, part)
        : tf.conv2d(known, part, stride, pad as ExplicitPad);
    });
    const sum = parts.reduce((a, b) => tf.add(a, b));
    const scaled = tf.mul(sum, ratio);
    const features = bias === undefined ? scaled : tf.add(scaled, tf.mul(validMask, bias));
    return { features: features as tf.Tensor4D, validMask };
  });
  return result;
}

type ExplicitPad = [[number, number], [number, number], [number, number], [number, number]];

/** `kh·kw·cin / s` where the window holds something, else 0; and the grown mask. Both `[n, h', w', 1]`. */
function windowRatio(
  groups: readonly PartialConvGroup[],
  { kernel, stride = 1 }: PartialConvOptions,
  pad: ExplicitPad,
): { ratio: tf.Tensor4D; validMask: tf.Tensor4D } {
  const [kernelHeight, kernelWidth, cin] = kernel.shape;
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

function checkArguments(
  groups: readonly PartialConvGroup[],
  { kernel, bias, stride = 1 }: PartialConvOptions,
): void {
  const fail = (what: string) => {
    throw new RangeError(`Cannot run partialConv2d: ${what}`);
  };
  const [kernelHeight, kernelWidth, cin, cout] = kernel.shape;
  if (kernelHeight % 2 === 0 || kernelWidth % 2 === 0) {
    fail(`kernel is ${formatShape(kernel.shape)}, height and width must be odd`);
  }
  if (stride !== 1 && stride !== 2) fail(`stride is ${stride}, must be 1 or 2`);
  if (groups.length === 0) fail("there are no groups, must be at least one");
  const scaled = groups.map(({ features, upsample = 1 }) => {
    const [n, height, width] = features.shape;
    return [n, height * upsample, width * upsample];
  });
  groups.forEach(({ features, validMask, upsample = 1 }, index) => {
    const [n, height, width] = features.shape;
    assertShape("run partialConv2d", `validMask of group ${index}`, validMask.shape, [
      n,
      height,
      width,
      1,
    ]);
    assertShape("run partialConv2d", `size of group ${index}`, scaled[index]!, scaled[0]!);
    if (
      upsample !== 1 && (upsample !== 2 || stride !== 1 || kernelHeight !== 3 || kernelWidth !== 3)
    ) {
      fail(
        `group ${index} has upsample ${upsample} with stride ${stride} and kernel ` +
          `${kernelHeight}x${kernelWidth}, must be 2 with stride 1 and kernel 3x3`,
      );
    }
  });
  const channels = groups.reduce((sum, { features }) => sum + features.shape[3], 0);
  if (channels !== cin) fail(`kernel expects ${cin} input channels, groups have ${channels}`);
  if (bias !== undefined) assertShape("run partialConv2d", "bias", bias.shape, [cout]);
}
