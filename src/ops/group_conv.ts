/**
 * Convolution over a concatenation that is never made.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { fusedPartialConv2d, hasFusedKernels } from "./fused_partial_conv.ts";
import { assertShape, formatShape } from "./shape.ts";
import { upsampledConv2d } from "./upsampled_conv.ts";

/** Some of the input channels. */
export interface ConvGroup {
  /** `[n, h, w, c]`. */
  readonly features: tf.Tensor4D;
  /**
   * 2 doubles the features by nearest neighbour before they are convolved; stride 1 and a 3x3 kernel only. Same
   * result as doubling them first, for 4/9 of the multiplications.
   * @default 1
   */
  readonly upsample?: 1 | 2;
}

/** Options of {@linkcode groupConv2d}. */
export interface GroupConvOptions {
  /** `[kh, kw, cin, cout]` with odd `kh`, `kw`; input channels in group order. */
  readonly kernel: tf.Tensor4D;
  /** `[cout]`. */
  readonly bias?: tf.Tensor1D;
  /**
   * In pixels.
   * @default 1
   */
  readonly stride?: 1 | 2;
}

/** Padding of a convolution as tfjs takes it. */
export type ExplicitPad = [[number, number], [number, number], [number, number], [number, number]];

/**
 * Convolves groups as if their channels stood behind each other, with `(k-1)/2` zeros on every side: the plain,
 * "typical" convolution.
 *
 * @param groups One or more inputs of the same (doubled) size.
 * @returns `[n, h', w', cout]` with `h' = ceil(h / stride)`; the caller's scope owns it. Differentiable in features,
 * kernel and bias.
 * @throws {RangeError} If sizes, channels or options do not fit together.
 */
export function groupConv2d(
  groups: readonly ConvGroup[],
  options: GroupConvOptions,
): tf.Tensor4D {
  const { kernel, bias, stride = 1 } = options;
  checkGroups("run groupConv2d", groups, options);
  if (hasFusedKernels()) return fusedPartialConv2d(groups, options);
  const pad = explicitPad(kernel);
  return tf.tidy(() => {
    let firstChannel = 0;
    const parts = groups.map(({ features, upsample = 1 }) => {
      const channels = features.shape[3];
      // Groups are convolved apart and added up: the same sum as over their concatenation, whose copies
      // (and slices on the way back) cost more than the arithmetic.
      const part = groups.length === 1
        ? kernel
        : tf.slice(kernel, [0, 0, firstChannel, 0], [-1, -1, channels, -1]);
      firstChannel += channels;
      return upsample === 2
        ? upsampledConv2d(features, part)
        : tf.conv2d(features, part, stride, pad);
    });
    const sum = parts.reduce((a, b) => tf.add(a, b));
    return bias === undefined ? sum : tf.add(sum, bias);
  });
}

/** `(k-1)/2` on every side, of height and width alone: tfjs's "same" is lopsided at stride 2. */
export function explicitPad({ shape: [height, width] }: tf.Tensor4D): ExplicitPad {
  const [rows, columns] = [(height - 1) / 2, (width - 1) / 2];
  return [[0, 0], [rows, rows], [columns, columns], [0, 0]];
}

/**
 * Checks groups and options against each other.
 *
 * @param action What is being done, for the message: "run groupConv2d".
 * @throws {RangeError} If they do not fit together.
 */
export function checkGroups(
  action: string,
  groups: readonly ConvGroup[],
  { kernel, bias, stride = 1 }: GroupConvOptions,
): void {
  const fail = (what: string) => {
    throw new RangeError(`Cannot ${action}: ${what}`);
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
  groups.forEach(({ upsample = 1 }, index) => {
    assertShape(action, `size of group ${index}`, scaled[index]!, scaled[0]!);
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
  if (bias !== undefined) assertShape(action, "bias", bias.shape, [cout]);
}
