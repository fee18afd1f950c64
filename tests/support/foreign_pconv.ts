/**
 * Small networks in the layouts of other projects, to be spoilt.
 * @module
 */
import type { ForeignArray } from "./foreign_bytes.ts";

/** An array of that shape whose numbers are small and differ. */
export function someNumbers(...shape: readonly number[]): ForeignArray {
  const length = shape.reduce((a, b) => a * b, 1);
  return { shape, data: Float32Array.from({ length }, (_, i) => 0.1 + (i % 7) / 10) };
}

const ones = (...shape: readonly number[]): ForeignArray => ({
  ...someNumbers(...shape),
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
});

/** Two levels of 2 and 3 channels as naoto0804 names them. */
export function naotoArrays(): Map<string, ForeignArray> {
  const arrays = new Map<string, ForeignArray>();
  const conv = (layer: string, cout: number, cin: number, side: number) => {
    arrays.set(`${layer}.conv.input_conv.weight`, someNumbers(cout, cin, side, side));
    arrays.set(`${layer}.conv.mask_conv.weight`, ones(cout, cin, side, side));
  };
  const norm = (layer: string, cout: number) => {
    for (const part of ["weight", "bias", "running_mean", "running_var"]) {
      arrays.set(`${layer}.bn.${part}`, someNumbers(cout));
    }
  };
  conv("enc_1", 2, 3, 7);
  conv("enc_2", 3, 2, 5);
  norm("enc_2", 3);
  conv("dec_2", 2, 5, 3);
  norm("dec_2", 2);
  conv("dec_1", 3, 5, 3);
  arrays.set("dec_1.conv.input_conv.bias", someNumbers(3));
  return arrays;
}

/** One level of 2 channels as PConv-Keras names it; its batch norm has nowhere to stand. */
export function kerasArrays(): Map<string, ForeignArray> {
  return new Map([
    ["p_conv2d_1/p_conv2d_1/img_kernel:0", someNumbers(7, 7, 3, 2)],
    ["p_conv2d_1/p_conv2d_1/bias:0", someNumbers(2)],
    ["p_conv2d_2/p_conv2d_2/img_kernel:0", someNumbers(3, 3, 5, 3)],
    ["p_conv2d_2/p_conv2d_2/bias:0", someNumbers(3)],
    ["outputs_img/outputs_img/kernel:0", someNumbers(1, 1, 3, 3)],
    ["outputs_img/outputs_img/bias:0", someNumbers(3)],
  ]);
}
