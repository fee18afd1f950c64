/**
 * The losses of the paper as loops in float64.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";

/** Input of the reference losses; images `[n, h, w, 3]`, mask `[n, h, w, 1]`. */
export interface ReferenceLossInput {
  readonly output: Values;
  readonly target: Values;
  readonly validMask: Values;
}

/** Value and gradient by the output. */
export interface ReferenceLoss {
  readonly value: number;
  readonly gradient: Values;
}

/** `Σ |output - target| / N` over the pixels where the mask has the given value. */
export function referenceL1(
  { output, target, validMask }: ReferenceLossInput,
  maskValue: 0 | 1,
): ReferenceLoss {
  const count = target.data.length;
  const gradient = new Float64Array(count);
  let value = 0;
  for (let i = 0; i < count; i++) {
    if (validMask.data[Math.floor(i / 3)] !== maskValue) continue;
    const difference = output.data[i]! - target.data[i]!;
    value += Math.abs(difference) / count;
    gradient[i] = Math.sign(difference) / count;
  }
  return { value, gradient: { shape: output.shape, data: gradient } };
}

/** Equation 6: neighbours that both lie within one pixel of the hole, on the composite. */
export function referenceTotalVariation(
  { output, target, validMask }: ReferenceLossInput,
): ReferenceLoss {
  const [n, height, width] = target.shape as [number, number, number, number];
  const count = target.data.length;
  const gradient = new Float64Array(count);
  const isHole = (item: number, y: number, x: number) =>
    y >= 0 && x >= 0 && y < height && x < width &&
    validMask.data[(item * height + y) * width + x] === 0;
  const isNear = (item: number, y: number, x: number) =>
    [-1, 0, 1].some((i) => [-1, 0, 1].some((j) => isHole(item, y + i, x + j)));
  let value = 0;
  for (let item = 0; item < n; item++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (const [down, right] of [[0, 1], [1, 0]] as const) {
          const [y2, x2] = [y + down, x + right];
          if (y2 >= height || x2 >= width) continue;
          if (!isNear(item, y, x) || !isNear(item, y2, x2)) continue;
          for (let c = 0; c < 3; c++) {
            const here = ((item * height + y) * width + x) * 3 + c;
            const there = ((item * height + y2) * width + x2) * 3 + c;
            const [holeHere, holeThere] = [isHole(item, y, x), isHole(item, y2, x2)];
            const difference = (holeThere ? output : target).data[there]! -
              (holeHere ? output : target).data[here]!;
            value += Math.abs(difference) / count;
            if (holeThere) gradient[there]! += Math.sign(difference) / count;
            if (holeHere) gradient[here]! -= Math.sign(difference) / count;
          }
        }
      }
    }
  }
  return { value, gradient: { shape: output.shape, data: gradient } };
}

/** Mean over the images of `ln(MSE + 1e-4)`, the mean squared error over the image's hole. */
export function referenceHoleLogMse(
  { output, target, validMask }: ReferenceLossInput,
): ReferenceLoss {
  const n = target.shape[0]!;
  const size = target.data.length / n;
  const gradient = new Float64Array(target.data.length);
  let value = 0;
  for (let item = 0; item < n; item++) {
    let [squares, count] = [0, 0];
    for (let i = item * size; i < (item + 1) * size; i++) {
      if (validMask.data[Math.floor(i / 3)] !== 0) continue;
      const difference = output.data[i]! - target.data[i]!;
      squares += difference ** 2;
      count += 1;
      gradient[i] = 2 * difference;
    }
    const error = squares / Math.max(1, count) + 1e-4;
    value += Math.log(error) / n;
    for (let i = item * size; i < (item + 1) * size; i++) {
      gradient[i]! /= Math.max(1, count) * error * n;
    }
  }
  return { value, gradient: { shape: output.shape, data: gradient } };
}
