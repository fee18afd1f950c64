/**
 * Pixels of the bench as PNG files.
 * @module
 */
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";

/** Writes an rgb255 picture `[height, width, 3]`. */
export async function writeRgb(
  path: string,
  { width, height, rgb255 }: { width: number; height: number; rgb255: Uint8Array },
): Promise<void> {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    rgba.set(rgb255.subarray(i * 3, i * 3 + 3), i * 4);
  }
  const bytes = await encodeImage({ width, height, rgba }, { format: "png", keepAlpha: false });
  await Deno.writeFile(path, bytes);
}

/** Reads an rgb255 picture `[height, width, 3]`. */
export async function readRgb(path: string): Promise<Uint8Array> {
  const { rgba } = await decodeImage(await Deno.readFile(path), { name: path });
  const rgb255 = new Uint8Array(rgba.length / 4 * 3);
  for (let i = 0, j = 0; i < rgba.length; i += 4) {
    for (let c = 0; c < 3; c++) rgb255[j++] = rgba[i + c]!;
  }
  return rgb255;
}
