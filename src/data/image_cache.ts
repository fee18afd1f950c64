/**
 * Decoded images, kept as long as they fit.
 * @module
 */
import { resizeBox, type RgbImage } from "./random_crop.ts";

/** Options of {@linkcode createImageCache}. */
export interface ImageCacheOptions {
  /** Reads and decodes one file. */
  read: (path: string) => Promise<RgbImage>;
  /** Most bytes of pixels that are kept. */
  bytes: number;
  /** Images with a longer shorter side, in pixels, are shrunk to it once. */
  mostShorterSide: number;
}

/**
 * The shorter side, in pixels, down to which images for crops of a side are shrunk when they are read: four crops, but no
 * more than 512 pixels or two crops. So crops still differ in magnification by 2 to 4, and of a photograph of 12
 * megapixels (36 MB) 1 MB is kept for crops of 128 and 4 MB for crops of 512. Decides the bits of a run.
 */
export function keptShorterSide(size: number): number {
  return Math.min(4 * size, Math.max(2 * size, 512));
}

/**
 * Makes a function that reads an image or returns the kept one.
 *
 * When the cache is full it stays as it is: a shuffled pass over the data set would throw out every image before its
 * next turn, so what is in keeps the largest share of hits.
 */
export function createImageCache(options: ImageCacheOptions): (path: string) => Promise<RgbImage> {
  const kept = new Map<string, RgbImage>();
  let used = 0;
  return async (path) => {
    const hit = kept.get(path);
    if (hit !== undefined) return hit;
    const image = shrink(await options.read(path), options.mostShorterSide);
    if (used + image.rgb255.length <= options.bytes) {
      kept.set(path, image);
      used += image.rgb255.length;
    }
    return image;
  };
}

function shrink(image: RgbImage, mostShorterSide: number): RgbImage {
  const factor = mostShorterSide / Math.min(image.width, image.height);
  if (factor >= 1) return image;
  const size = {
    width: Math.round(image.width * factor),
    height: Math.round(image.height * factor),
  };
  const box = { left: 0, top: 0, width: image.width, height: image.height };
  return { ...size, rgb255: resizeBox(image, box, size) };
}
