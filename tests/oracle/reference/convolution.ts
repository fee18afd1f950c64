/**
 * Convolution with any stride and padding, and both of its gradients, as loops in float64.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";

/** Input of {@linkcode referenceConvolution}. */
export interface ReferenceConvolutionInput {
  /** `[n, h, w, cin]`. */
  readonly image: Values;
  /** `[kh, kw, cin, cout]`. */
  readonly kernel: Values;
  readonly stride: number;
  /** Zeros before the first row and column. */
  readonly padTop: number;
  readonly padLeft: number;
  /** `[n, h', w', cout]`; its shape is that of the output. */
  readonly dy: Values;
}

/** Convolves and differentiates. */
export function referenceConvolution(input: ReferenceConvolutionInput) {
  const { image, kernel, stride, padTop, padLeft, dy } = input;
  const [, height, width, cin] = image.shape as [number, number, number, number];
  const [kh, kw, , cout] = kernel.shape as [number, number, number, number];
  const [n, rows, columns] = dy.shape as [number, number, number, number];
  const output = new Float64Array(dy.data.length);
  const dx = new Float64Array(image.data.length);
  const dw = new Float64Array(kernel.data.length);
  for (let item = 0; item < n; item++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        for (let i = 0; i < kh; i++) {
          for (let j = 0; j < kw; j++) {
            const [row, column] = [y * stride + i - padTop, x * stride + j - padLeft];
            if (row < 0 || column < 0 || row >= height || column >= width) continue;
            for (let ci = 0; ci < cin; ci++) {
              for (let co = 0; co < cout; co++) {
                const at = ((item * height + row) * width + column) * cin + ci;
                const tap = ((i * kw + j) * cin + ci) * cout + co;
                const out = ((item * rows + y) * columns + x) * cout + co;
                output[out]! += image.data[at]! * kernel.data[tap]!;
                dx[at]! += dy.data[out]! * kernel.data[tap]!;
                dw[tap]! += dy.data[out]! * image.data[at]!;
              }
            }
          }
        }
      }
    }
  }
  return {
    output: { shape: dy.shape, data: output },
    dx: { shape: image.shape, data: dx },
    dw: { shape: kernel.shape, data: dw },
  };
}
