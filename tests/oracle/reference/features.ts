/**
 * The small network of VGG's build as loops in float64, forward and back to the image.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";
import { SMALL_VGG, SMALL_VGG_MEAN } from "../../support/formula_vgg.ts";
import { referenceConvolution } from "./convolution.ts";

/** Feature maps of an image. */
export interface ReferenceFeatures {
  /** `[n, h, w, c]`, coarse last. */
  readonly maps: readonly Values[];
  /** Gradient by the image from those by the maps. */
  readonly backward: (gradients: readonly Values[]) => Values;
}

/** One layer's way back: from the gradient of its result to that of its input. */
type Step = (dy: Values) => Values;

/** Runs the network on rgb01 `[n, h, w, 3]`. */
export function referenceFeatures(image: Values): ReferenceFeatures {
  const maps: Values[] = [];
  const steps: Step[][] = [];
  let x: Values = {
    shape: image.shape,
    data: Float64Array.from(image.data, (value, i) => value - SMALL_VGG_MEAN[i % 3]!),
  };
  for (const { kernel, bias, cout } of SMALL_VGG) {
    const convolved = convolve(x, kernel, cout);
    const active = Float64Array.from(
      convolved.output.data,
      (value, i) => Math.max(0, value + bias.data[i % cout]!),
    );
    const pooled = maxPool({ shape: convolved.output.shape, data: active });
    const relu: Step = ({ shape, data }) => ({
      shape,
      data: Float64Array.from(data, (slope, i) => active[i]! > 0 ? slope : 0),
    });
    steps.push([convolved.backward, relu, pooled.backward]);
    x = pooled.output;
    maps.push(x);
  }
  const backward = (gradients: readonly Values[]) => {
    let dy: Values = zeros(maps.at(-1)!.shape);
    for (let p = maps.length - 1; p >= 0; p--) {
      const own = gradients[p]!;
      dy = { shape: dy.shape, data: Float64Array.from(dy.data, (d, i) => d + own.data[i]!) };
      for (const step of steps[p]!.toReversed()) dy = step(dy);
    }
    return dy;
  };
  return { maps, backward };
}

function convolve(image: Values, kernel: Values, cout: number): { output: Values; backward: Step } {
  const geometry = { image, kernel, stride: 1, padTop: 1, padLeft: 1 };
  const { output } = referenceConvolution({
    ...geometry,
    dy: zeros([...image.shape.slice(0, 3), cout]),
  });
  return { output, backward: (dy) => referenceConvolution({ ...geometry, dy }).dx };
}

/** 2x2 maxima; an odd row or column at the end is left out. */
function maxPool({ shape, data }: Values): { output: Values; backward: Step } {
  const [n, height, width, channels] = shape as [number, number, number, number];
  const pooled = [n, Math.floor(height / 2), Math.floor(width / 2), channels];
  const [, rows, columns] = pooled as [number, number, number, number];
  const output = zeros(pooled);
  const origins = output.data.map((_, i) => {
    const [c, x] = [i % channels, Math.floor(i / channels) % columns];
    const y = Math.floor(i / channels / columns) % rows;
    const item = Math.floor(i / channels / columns / rows);
    const window = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([down, right]) =>
      ((item * height + 2 * y + down!) * width + 2 * x + right!) * channels + c
    );
    const best = window.reduce((a, b) => data[b]! > data[a]! ? b : a);
    output.data[i] = data[best]!;
    return best;
  });
  const backward: Step = (dy) => {
    const dx = zeros(shape);
    origins.forEach((origin, i) => dx.data[origin]! += dy.data[i]!);
    return dx;
  };
  return { output, backward };
}

function zeros(shape: readonly number[]): { shape: readonly number[]; data: Float64Array } {
  return { shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) };
}
