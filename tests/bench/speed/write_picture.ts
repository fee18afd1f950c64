/**
 * Pictures and masks as PNG files.
 * @module
 */
import { writePng } from "../../../src/data/write_png.ts";

/** A picture, or a hole that becomes white on black. */
export interface WrittenPicture {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]`, 0..1. */
  readonly rgb01?: Float32Array;
  /** `[height, width]`, 1 = hole. */
  readonly hole?: Uint8Array;
}

/** Writes one of them. */
export async function writePicture(path: string, picture: WrittenPicture): Promise<void> {
  const { width, height, rgb01, hole } = picture;
  const rgb255 = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => hole === undefined ? Math.round(255 * rgb01![i]!) : 255 * hole[Math.floor(i / 3)]!,
  );
  await writePng(path, { width, height, rgb255 });
}
