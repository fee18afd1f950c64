/**
 * The layer that PConv-Keras puts behind the paper's last one.
 * @module
 */
import type { ParameterInfo } from "../task/types.ts";

/**
 * Its parameters: the shift is the bias of the last partial convolution, which is added in holes too there.
 *
 * Source: PConv-Keras, libs/pconv_layer.py (`K.bias_add` after the mask ratio) and libs/pconv_model.py (`outputs_img`).
 */
export const OUTPUT_HEAD: readonly ParameterInfo[] = [
  { path: "output/shift", role: "bias", shape: [3] },
  { path: "output/kernel", role: "kernel", shape: [1, 1, 3, 3] },
  { path: "output/bias", role: "bias", shape: [3] },
];

/** Slope of the activation before the 1x1 convolution, below zero. */
export const OUTPUT_HEAD_SLOPE = 0.2;
