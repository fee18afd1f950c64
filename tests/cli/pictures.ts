/**
 * Small pictures from formulas, as files.
 * @module
 */
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { type DecodedImage, decodeImage } from "../../src/data/decode_image.ts";
import { encodeImage, type OutputFormat } from "../../src/data/encode_image.ts";

/** A picture in memory. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]`. */
  readonly rgba: Uint8ClampedArray;
}

/** Says which pixels are hole. */
export type IsHole = (x: number, y: number) => boolean;

/** Red rises to the right, green downwards, blue ripples; alpha as the formula says. */
export function photo(
  width: number,
  height: number,
  alpha: (x: number, y: number) => number = () => 255,
): Picture {
  return draw(width, height, (x, y) => [
    40 + 150 * x / width,
    60 + 120 * y / height,
    128 + 60 * Math.sin(x / 5) * Math.cos(y / 7),
    alpha(x, y),
  ]);
}

/** White where the hole is, black elsewhere. */
export function maskPicture(width: number, height: number, isHole: IsHole): Picture {
  return draw(width, height, (x, y) => isHole(x, y) ? [255, 255, 255, 255] : [0, 0, 0, 255]);
}

/** Draws a picture from a formula of its pixels. */
export function draw(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set(colour(x, y), (y * width + x) * 4);
  }
  return { width, height, rgba };
}

/** A rectangle that leaves a quarter of the picture known at each side. */
export function middle(width: number, height: number): IsHole {
  return (x, y) => x >= width / 4 && x < width * 3 / 4 && y >= height / 4 && y < height * 3 / 4;
}

/** Writes a picture in the format of the path's ending; missing folders are made. */
export async function writePicture(
  path: string,
  picture: Picture,
  { keepAlpha = false, format }: { keepAlpha?: boolean; format?: OutputFormat } = {},
): Promise<Uint8Array> {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  const named = ending === "jpg" ? "jpeg" : ending as OutputFormat;
  const bytes = await encodeImage(picture, { format: format ?? named, keepAlpha });
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
  return bytes;
}

/** Reads a picture of any format. */
export async function readPicture(path: string): Promise<DecodedImage> {
  return await decodeImage(await Deno.readFile(path), { name: path });
}

/** Fails unless every known pixel is bit for bit what it was, alpha included. */
export function assertKnownKept(before: Picture, after: Picture, isHole: IsHole): void {
  assert.deepEqual([after.width, after.height], [before.width, before.height]);
  for (let y = 0; y < before.height; y++) {
    for (let x = 0; x < before.width; x++) {
      if (isHole(x, y)) continue;
      assert.deepEqual(pixel(after, x, y), pixel(before, x, y), `known pixel (${x}, ${y}) changed`);
    }
  }
}

/** Share of hole pixels whose colour differs by more than `atLeast` in some channel. */
export function changedShare(
  before: Picture,
  after: Picture,
  { isHole, atLeast = 8 }: { isHole: IsHole; atLeast?: number },
): number {
  let [changed, all] = [0, 0];
  for (let y = 0; y < before.height; y++) {
    for (let x = 0; x < before.width; x++) {
      if (!isHole(x, y)) continue;
      all += 1;
      const [a, b] = [pixel(before, x, y), pixel(after, x, y)];
      if (a.slice(0, 3).some((value, c) => Math.abs(value - b[c]!) > atLeast)) changed += 1;
    }
  }
  return changed / all;
}

/** Red, green, blue, alpha. */
export function pixel({ width, rgba }: Picture, x: number, y: number): number[] {
  return [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}
