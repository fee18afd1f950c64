/**
 * The fixed network whose features the perceptual and style losses compare.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type FixedConv, fixedConvRelu, turnKernel } from "../ops/fixed_conv.ts";

/** One convolution of VGG-16, 3x3 with ReLU. */
export interface Vgg16Layer {
  readonly name: string;
  readonly cin: number;
  readonly cout: number;
  /** True if a 2x2 max pool follows, whose result is a feature map. */
  readonly isPooled: boolean;
}

const layer = (name: string, cin: number, cout: number, isPooled: boolean): Vgg16Layer => ({
  name,
  cin,
  cout,
  isPooled,
});

/** VGG-16 up to pool3: 1,735,488 parameters. Source: Simonyan and Zisserman 2014, configuration D. */
export const VGG16_LAYERS: readonly Vgg16Layer[] = [
  layer("conv1_1", 3, 64, false),
  layer("conv1_2", 64, 64, true),
  layer("conv2_1", 64, 128, false),
  layer("conv2_2", 128, 128, true),
  layer("conv3_1", 128, 256, false),
  layer("conv3_2", 256, 256, false),
  layer("conv3_3", 256, 256, true),
];

/** Plain numbers of the network, in the project's own convention. */
export interface Vgg16Numbers {
  /** "conv1_1/kernel" HWIO and "conv1_1/bias" and so on, all of {@linkcode VGG16_LAYERS}. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
  /** Subtracted from rgb01 images before conv1_1, by channel. */
  readonly mean: readonly [number, number, number];
}

/** The network on the active backend; free it with {@linkcode disposeVgg16}. */
export interface Vgg16 {
  /** From conv1_1 to conv3_3. */
  readonly layers: readonly FixedConv[];
  /** `[3]`. */
  readonly mean: tf.Tensor1D;
}

/** Puts the numbers on the active backend. */
export function createVgg16({ arrays, mean }: Vgg16Numbers): Vgg16 {
  const layers = VGG16_LAYERS.map(({ name, cin, cout }): FixedConv => {
    const kernel = tf.tensor4d(arrays.get(`${name}/kernel`)!, [3, 3, cin, cout]);
    return {
      kernel,
      bias: tf.tensor1d(arrays.get(`${name}/bias`)!),
      turnedKernel: turnKernel(kernel),
    };
  });
  return { layers, mean: tf.tensor1d([...mean]) };
}

/**
 * Computes the feature maps pool1, pool2 and pool3.
 *
 * The mean is subtracted from the image and not folded into the bias of conv1_1, because the zeros around the
 * image stand for the mean colour there; the division is folded into the kernel.
 *
 * @param rgb01 `[n, h, w, 3]`, height and width at least 8.
 * @returns `[n, h/2, w/2, 64]`, `[n, h/4, w/4, 128]`, `[n, h/8, w/8, 256]`, sizes rounded down; the caller's scope
 * owns them. Differentiable in the image.
 *
 * Source: Liu et al. 2018, section 3.3.
 */
export function runVgg16({ layers, mean }: Vgg16, rgb01: tf.Tensor4D): tf.Tensor4D[] {
  const maps: tf.Tensor4D[] = [];
  let x = tf.sub(rgb01, mean) as tf.Tensor4D;
  layers.forEach((fixed, index) => {
    x = fixedConvRelu(x, fixed);
    if (!VGG16_LAYERS[index]!.isPooled) return;
    x = tf.maxPool(x, 2, 2, "valid");
    maps.push(x);
  });
  return maps;
}

/** Frees the network. */
export function disposeVgg16({ layers, mean }: Vgg16): void {
  for (const { kernel, bias, turnedKernel } of layers) tf.dispose([kernel, bias, turnedKernel]);
  mean.dispose();
}
