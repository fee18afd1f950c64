/**
 * Doubling, joining and taking apart of images, plain and in float64.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";

type Shape4D = [number, number, number, number];

/** Each pixel becomes a 2x2 block: `[n, h, w, c]` to `[n, 2h, 2w, c]`. */
export function referenceDouble({ shape, data }: Values): Values {
  const [n, height, width, channels] = shape as Shape4D;
  const doubled: number[] = [];
  for (let item = 0; item < n; item++) {
    for (let y = 0; y < 2 * height; y++) {
      for (let x = 0; x < 2 * width; x++) {
        const pixel = (item * height + (y >> 1)) * width + (x >> 1);
        for (let c = 0; c < channels; c++) doubled.push(data[pixel * channels + c]!);
      }
    }
  }
  return { shape: [n, 2 * height, 2 * width, channels], data: doubled };
}

/** Adjoint of {@linkcode referenceDouble}: sums of 2x2 blocks. */
export function referenceBlockSums({ shape, data }: Values): Values {
  const [n, height, width, channels] = shape as Shape4D;
  const [rows, columns] = [height / 2, width / 2];
  const sums = new Float64Array(n * rows * columns * channels);
  for (let i = 0; i < data.length; i++) {
    const [c, x] = [i % channels, Math.floor(i / channels) % width];
    const y = Math.floor(i / channels / width) % height;
    const item = Math.floor(i / channels / width / height);
    sums[((item * rows + (y >> 1)) * columns + (x >> 1)) * channels + c]! += data[i]!;
  }
  return { shape: [n, rows, columns, channels], data: sums };
}

/** Puts the channels of images of one size behind each other. */
export function referenceConcat(images: readonly Values[]): Values {
  const [n, height, width] = images[0]!.shape as Shape4D;
  const joined: number[] = [];
  for (let pixel = 0; pixel < n * height * width; pixel++) {
    for (const { shape, data } of images) {
      for (let c = 0; c < shape[3]!; c++) joined.push(data[pixel * shape[3]! + c]!);
    }
  }
  const channels = images.reduce((sum, { shape }) => sum + shape[3]!, 0);
  return { shape: [n, height, width, channels], data: joined };
}

/** Takes `count` channels of an image from `first` on. */
export function referenceChannels({ shape, data }: Values, first: number, count: number): Values {
  const [n, height, width, channels] = shape as Shape4D;
  const taken: number[] = [];
  for (let pixel = 0; pixel < n * height * width; pixel++) {
    for (let c = first; c < first + count; c++) taken.push(data[pixel * channels + c]!);
  }
  return { shape: [n, height, width, count], data: taken };
}
