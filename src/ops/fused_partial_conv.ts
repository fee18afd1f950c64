/**
 * Partial convolution in one pass, on backends that have kernels for it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ConvGroup, GroupConvOptions } from "./group_conv.ts";

/**
 * Names of the kernels that a backend registers to take part, all or none. `ratio` takes the masks alone and gives ratio
 * and grown mask; the others take a {@linkcode FusedCall} as list, gradients with `dy` before it.
 */
export const FUSED_KERNELS = {
  ratio: "PartialConvRatio",
  forward: "PartialConv2D",
  inputGradient: "PartialConv2DInputGradient",
  filterGradient: "PartialConv2DFilterGradient",
  biasGradient: "PartialConv2DBiasGradient",
} as const;

/** Attributes of all these kernels. */
export interface FusedAttributes {
  readonly stride: number;
  /** Of each group, 1 or 2. */
  readonly upsamples: readonly number[];
  readonly hasBias: boolean;
  /** With masks, ratio and grown mask; else a plain convolution. */
  readonly hasMasks: boolean;
  /** `inputGradient`: which group. */
  readonly index?: number;
}

/** Attributes of the ratio kernel. */
export interface RatioAttributes {
  readonly stride: number;
  readonly upsamples: readonly number[];
  /** Channels that share each mask. */
  readonly channels: readonly number[];
  readonly kernelSize: readonly [height: number, width: number];
}

/** A list of inputs by name. */
export interface FusedCall<T> {
  readonly kernel: T;
  readonly bias: T | undefined;
  readonly ratio: T | undefined;
  readonly validMask: T | undefined;
  readonly features: readonly T[];
  /** Empty without masks. */
  readonly masks: readonly T[];
}

/** Names the entries of a list: kernel, bias, ratio, grown mask, features of all groups, masks of all groups. */
export function readFusedCall<T>(
  list: readonly T[],
  { hasBias, hasMasks, upsamples }: FusedAttributes,
): FusedCall<T> {
  const rest = [...list];
  const take = (isThere: boolean) => isThere ? rest.shift() : undefined;
  const kernel = rest.shift()!;
  const [bias, ratio, validMask] = [take(hasBias), take(hasMasks), take(hasMasks)];
  const count = upsamples.length;
  return {
    kernel,
    bias,
    ratio,
    validMask,
    features: rest.slice(0, count),
    masks: rest.slice(count),
  };
}

/** True if the active backend has the kernels. */
export function hasFusedKernels(): boolean {
  return tf.getKernel(FUSED_KERNELS.forward, tf.getBackend()) !== undefined;
}

/** `kh·kw·cin / s` where the window holds something, else 0; and the grown mask. Both `[n, h', w', 1]`, not differentiable. */
export function fusedRatio(
  masks: readonly tf.Tensor4D[],
  attributes: RatioAttributes,
): { ratio: tf.Tensor4D; validMask: tf.Tensor4D } {
  const [ratio, validMask] = tf.engine().runKernel(
    FUSED_KERNELS.ratio,
    // The engine takes lists where a kernel's inputs are one.
    [...masks] as unknown as tf.NamedTensorMap,
    attributes as unknown as tf.NamedAttrMap,
  ) as tf.Tensor[] as [tf.Tensor4D, tf.Tensor4D];
  return { ratio, validMask };
}

/** Masks of the groups and what {@linkcode fusedRatio} made of them. */
export interface FusedMasks {
  readonly masks: readonly tf.Tensor4D[];
  readonly ratio: tf.Tensor4D;
  readonly validMask: tf.Tensor4D;
}

/**
 * `ratio · Σ_g conv(features · mask) + validMask · bias`; without masks a plain convolution. Differentiable in features,
 * kernel and bias; masks are constants.
 *
 * @returns `[n, h', w', cout]`; the caller's scope owns it.
 */
export function fusedPartialConv2d(
  groups: readonly ConvGroup[],
  { kernel, bias, stride = 1 }: GroupConvOptions,
  masked?: FusedMasks,
): tf.Tensor4D {
  const inputs = [
    kernel,
    ...(bias === undefined ? [] : [bias]),
    ...(masked === undefined ? [] : [masked.ratio, masked.validMask]),
    ...groups.map(({ features }) => features),
    ...(masked?.masks ?? []),
  ];
  const attributes: FusedAttributes = {
    stride,
    upsamples: groups.map(({ upsample = 1 }) => upsample),
    hasBias: bias !== undefined,
    hasMasks: masked !== undefined,
  };
  return run(FUSED_KERNELS.forward, inputs, attributes) as tf.Tensor4D;
}

/** Tells tfjs how the kernels are differentiated, for all backends that have them. Masks are constants. */
export function registerFusedGradients(): void {
  tf.registerGradient({
    kernelName: FUSED_KERNELS.ratio,
    saveAllInputs: true,
    gradFunc: (_, saved) =>
      Object.fromEntries(saved.map((mask, i) => [i, () => tf.zerosLike(mask)])),
  });
  tf.registerGradient({
    kernelName: FUSED_KERNELS.forward,
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const attributes = attrs as unknown as FusedAttributes;
      const named = readFusedCall(saved.map((_, i) => i), attributes);
      const list = [dy as tf.Tensor, ...saved];
      const constant = (input: number) => () => tf.zerosLike(saved[input]!);
      const gradients: Record<string, () => tf.Tensor> = {};
      saved.forEach((_, input) => gradients[input] = constant(input));
      gradients[named.kernel] = () => run(FUSED_KERNELS.filterGradient, list, attributes);
      if (named.bias !== undefined) {
        gradients[named.bias] = () => run(FUSED_KERNELS.biasGradient, list, attributes);
      }
      named.features.forEach((input, index) =>
        gradients[input] = () => run(FUSED_KERNELS.inputGradient, list, { ...attributes, index })
      );
      return gradients;
    },
  });
}

function run(name: string, inputs: readonly tf.Tensor[], attributes: FusedAttributes): tf.Tensor {
  return tf.engine().runKernel(
    name,
    [...inputs] as unknown as tf.NamedTensorMap,
    attributes as unknown as tf.NamedAttrMap,
  );
}
