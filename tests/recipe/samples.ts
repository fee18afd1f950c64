/**
 * Batches as a real run draws them, from one photograph that is a formula.
 * @module
 */
import { makeSample } from "../../src/data/make_sample.ts";
import type { RgbImage } from "../../src/data/random_crop.ts";
import { createRandom } from "../../src/random.ts";
import type { TrainingBatch } from "../../src/training/gradients.ts";

/** Options of {@linkcode drawBatch}. */
export interface DrawBatchOptions {
  readonly seed: number;
  /** Images in a batch. */
  readonly batchSize: number;
  /** Side of the crops in pixels. */
  readonly size: number;
}

/** 60x48 pixels of slopes, waves and an edge. */
export const PICTURE: RgbImage = paintPicture(60, 48);

/** Draws the batch of a step: sample `i` of a run comes from `createRandom(seed, i)` alone. */
export function drawBatch(
  step: number,
  { seed, batchSize, size }: DrawBatchOptions,
): Promise<TrainingBatch> {
  const rgb255 = new Uint8Array(batchSize * size * size * 3);
  const holeMask = new Uint8Array(batchSize * size * size);
  for (let item = 0; item < batchSize; item++) {
    const sample = makeSample(PICTURE, createRandom(seed, step * batchSize + item), { size });
    rgb255.set(sample.rgb255, item * size * size * 3);
    holeMask.set(sample.holeMask, item * size * size);
  }
  return Promise.resolve({ rgb255, holeMask });
}

function paintPicture(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, i++) {
        const slope = 3 * x + 2 * y * (c === 1 ? -1 : 1);
        const wave = ((x * (c + 2) + y * 5) % 24) * 2;
        data[i] = Math.min(255, Math.max(0, 60 + slope + wave - (x > 30 && y > 20 ? 70 : 0)));
      }
    }
  }
  return { width, height, rgb255: data };
}
