/**
 * VGG-16 and a small network of its build with numbers from formulas, as in tests/oracle/generate/torch_vgg.py.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Values } from "./assert_all_close.ts";
import { toTensor } from "./evaluate.ts";
import { formulaTensor } from "./formula_tensor.ts";

/** One 3x3 convolution with ReLU. */
export interface FormulaVggLayer {
  readonly cin: number;
  readonly cout: number;
  /** True if a 2x2 max pool follows, whose result is a feature map. */
  readonly isPooled: boolean;
}

/** The numbers of one layer. */
export interface FormulaVggNumbers extends FormulaVggLayer {
  /** `[3, 3, cin, cout]`. */
  readonly kernel: Values;
  /** `[cout]`. */
  readonly bias: Values;
}

const SMALL: readonly FormulaVggLayer[] = [
  { cin: 3, cout: 4, isPooled: true },
  { cin: 4, cout: 5, isPooled: true },
  { cin: 5, cout: 6, isPooled: true },
];

/** Kernels of He's deviation, biases of the given size; a phase for each. */
export function formulaVgg(
  layers: readonly FormulaVggLayer[],
  biasScale: number,
): FormulaVggNumbers[] {
  return layers.map(({ cin, cout, isPooled }, i) => ({
    cin,
    cout,
    isPooled,
    kernel: formulaTensor([3, 3, cin, cout], { phase: i + 1, scale: 2 / Math.sqrt(9 * cin) }),
    bias: formulaTensor([cout], { phase: i + 1.5, scale: biasScale }),
  }));
}

/** Numbers of the small network: 3, 4, 5, 6 channels, a pool after each layer. */
export const SMALL_VGG: readonly FormulaVggNumbers[] = formulaVgg(SMALL, 0.1);

/** ImageNet's mean, rgb01, which the small network subtracts. */
export const SMALL_VGG_MEAN = [0.485, 0.456, 0.406] as const;

/** The small network in plain tfjs: a feature extractor without weights to load. At least 8x8 pixels. */
export function runSmallVgg(rgb01: tf.Tensor4D): tf.Tensor4D[] {
  const maps: tf.Tensor4D[] = [];
  let x = tf.sub(rgb01, tf.tensor1d([...SMALL_VGG_MEAN])) as tf.Tensor4D;
  for (const { kernel, bias, isPooled } of SMALL_VGG) {
    x = tf.relu(tf.add(tf.conv2d(x, toTensor<tf.Tensor4D>(kernel), 1, "same"), toTensor(bias)));
    if (!isPooled) continue;
    x = tf.maxPool(x, 2, 2, "valid");
    maps.push(x);
  }
  return maps;
}
