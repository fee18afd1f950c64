/**
 * Reading an image from the disk.
 * @module
 */
import { InputError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";
import { type DecodedImage, decodeImage } from "./decode_image.ts";

/**
 * Reads and decodes an image file.
 *
 * @throws {InputError} If it cannot be read or is no whole image.
 */
export async function readImageFile(path: string): Promise<DecodedImage> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read image ${JSON.stringify(path)}: ${reasonOf(cause)}`, {
      cause,
    });
  }
  return await decodeImage(bytes, { name: path });
}
