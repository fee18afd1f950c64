/**
 * Filter gradient of a convolution for tfjs's WebAssembly backend, which has none.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { crop } from "../../ops/crop.ts";
import { type ConvGeometry, ontoCanvas } from "./conv_geometry.ts";

/**
 * Computes `dW[i,j,ci,co] = Σ_{n,y,x} input[n, s·y+i-p, s·x+j-p, ci] · dy[n,y,x,co]` as a convolution.
 *
 * The sum over batch and output pixels is itself a convolution: input channels become the batch, the
 * batch becomes the channels, and `dy` becomes a filter as large as the output, dilated by the stride.
 * Matrix products, tap by tap, were measured too and were slower on this backend.
 *
 * @param input `[n, h, w, cin]`.
 * @param dy `[n, h', w', cout]`.
 * @param kernelShape `[kh, kw, cin, cout]`.
 * @returns `[kh, kw, cin, cout]`, owned by the caller's scope.
 */
export function conv2dFilterGradient(
  input: tf.Tensor4D,
  dy: tf.Tensor4D,
  kernelShape: readonly [number, number, number, number],
  geometry: ConvGeometry,
): tf.Tensor4D {
  const { stride, padTop, padLeft, outHeight, outWidth } = geometry;
  // The correlation must give exactly kh x kw positions: rows that the forward pass never reached are
  // cut off, missing ones are padding.
  const readHeight = (outHeight - 1) * stride + kernelShape[0];
  const readWidth = (outWidth - 1) * stride + kernelShape[1];
  const n = input.shape[0];
  // Strips of rows stand in for more images: with few images the correlation below has few channels, for
  // which this backend is slow. Rows that fill up the last strip are zeros in dy and add nothing.
  const strips = Math.max(1, Math.min(outHeight, Math.round(WANTED_CHANNELS / n)));
  const stripHeight = Math.ceil(outHeight / strips);
  const count = Math.ceil(outHeight / stripHeight);
  const stripRows = (stripHeight - 1) * stride + kernelShape[0];
  const allRows = (count - 1) * stripHeight * stride + stripRows;
  return tf.tidy(() => {
    const read = ontoCanvas(input, [padTop, padLeft], [readHeight, readWidth]);
    const padded = ontoCanvas(read, [0, 0], [allRows, readWidth]);
    const inputStrips = cutStrips(padded, count, stripHeight * stride, stripRows);
    const dyRows = ontoCanvas(dy, [0, 0], [count * stripHeight, outWidth]);
    const dyStrips = cutStrips(dyRows, count, stripHeight, stripHeight);
    const correlation = tf.conv2d(
      tf.transpose(inputStrips, [3, 1, 2, 0]), // [cin, rows, w, strips·n]
      tf.transpose(dyStrips, [1, 2, 0, 3]), // [rows', w', strips·n, cout]
      1,
      "valid",
      "NHWC",
      stride,
    ); // [cin, kh, kw, cout]
    return tf.transpose(correlation, [1, 2, 0, 3]);
  });
}

/** Images and strips together that make the correlation efficient; measured, flat from 8 to 32. */
const WANTED_CHANNELS = 16;

/** `[n, h, w, c]` to `[count·n, rows, w, c]`: strip `i` begins at row `i·step`. */
function cutStrips(image: tf.Tensor4D, count: number, step: number, rows: number): tf.Tensor4D {
  if (count === 1) return image;
  const width = image.shape[2];
  const strips = Array.from(
    { length: count },
    (_, i) => crop(image, { top: i * step, left: 0, height: rows, width }),
  );
  return tf.concat(strips, 0);
}
