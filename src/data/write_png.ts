/**
 * Writing a picture without loss.
 * @module
 */
import { writeFileAtomic } from "./atomic_write.ts";
import { encodeImage } from "./encode_image.ts";
import { withAlpha } from "./with_alpha.ts";

/** An opaque picture. */
export interface OpaquePicture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 3]`. */
  readonly rgb255: Uint8Array;
}

/**
 * Writes a picture as an opaque PNG, whole or not at all; it is read back byte for byte.
 *
 * @throws {InputError} If the file cannot be written.
 */
export async function writePng(
  path: string,
  { width, height, rgb255 }: OpaquePicture,
): Promise<void> {
  const picture = { width, height, rgba: withAlpha(rgb255) };
  await writeFileAtomic(path, await encodeImage(picture, { format: "png", keepAlpha: false }));
}
