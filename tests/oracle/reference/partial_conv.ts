/**
 * Partial convolution as loops in float64, readable against equations 1 and 2 of Liu et al. 2018.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";

/** Input of {@linkcode referencePartialConv}: a whole concatenation, one mask channel per feature channel. */
export interface ReferencePartialConvInput {
  /** `[n, h, w, cin]`. */
  readonly features: Values;
  /** `[n, h, w, cin]`. */
  readonly validMask: Values;
  /** `[kh, kw, cin, cout]`. */
  readonly kernel: Values;
  /** `[cout]`. */
  readonly bias?: Values;
  readonly stride: number;
  /** Gradient of the output; default: no gradients. */
  readonly dy?: Values;
}

/** What it gives; gradients are all 0 without `dy`. */
export interface ReferencePartialConvOutput {
  readonly output: Values;
  /** `[n, h', w', 1]`. */
  readonly validMask: Values;
  readonly featureGradient: Values;
  readonly kernelGradient: Values;
  readonly biasGradient: Values;
}

/** Runs a partial convolution and its gradients. */
export function referencePartialConv(input: ReferencePartialConvInput): ReferencePartialConvOutput {
  const { features, validMask, kernel, bias, stride, dy } = input;
  const [n, height, width, cin] = features.shape as [number, number, number, number];
  const [kh, kw, , cout] = kernel.shape as [number, number, number, number];
  const [outHeight, outWidth] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const output = zeros([n, outHeight, outWidth, cout]);
  const newMask = zeros([n, outHeight, outWidth, 1]);
  const featureGradient = zeros(features.shape);
  const kernelGradient = zeros(kernel.shape);
  const biasGradient = zeros([cout]);
  for (let window = 0; window < n * outHeight * outWidth; window++) {
    const x = window % outWidth;
    const y = Math.floor(window / outWidth) % outHeight;
    const item = Math.floor(window / outWidth / outHeight);
    // Positions of the window that lie inside of the image: [index of the pixel, index of the tap].
    const taps: [pixel: number, tap: number][] = [];
    for (let i = 0; i < kh; i++) {
      for (let j = 0; j < kw; j++) {
        const row = y * stride + i - (kh - 1) / 2;
        const column = x * stride + j - (kw - 1) / 2;
        if (row < 0 || column < 0 || row >= height || column >= width) continue;
        taps.push([(item * height + row) * width + column, i * kw + j]);
      }
    }
    let sum = 0;
    for (const [pixel] of taps) {
      for (let c = 0; c < cin; c++) sum += validMask.data[pixel * cin + c]!;
    }
    if (sum === 0) continue; // output and mask stay 0
    const ratio = (kh * kw * cin) / sum;
    newMask.data[window] = 1;
    for (let o = 0; o < cout; o++) {
      const slope = dy?.data[window * cout + o] ?? 0;
      let product = 0;
      for (const [pixel, tap] of taps) {
        for (let c = 0; c < cin; c++) {
          const [at, weight] = [pixel * cin + c, (tap * cin + c) * cout + o];
          const known = features.data[at]! * validMask.data[at]!;
          product += known * kernel.data[weight]!;
          featureGradient.data[at]! += slope * ratio * kernel.data[weight]! * validMask.data[at]!;
          kernelGradient.data[weight]! += slope * ratio * known;
        }
      }
      biasGradient.data[o]! += slope;
      output.data[window * cout + o] = product * ratio + (bias?.data[o] ?? 0);
    }
  }
  return { output, validMask: newMask, featureGradient, kernelGradient, biasGradient };
}

function zeros(shape: readonly number[]): { shape: readonly number[]; data: Float64Array } {
  return { shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) };
}
