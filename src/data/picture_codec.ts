/**
 * The slow work on image files, behind one face for this thread and for others.
 * @module
 */
import { type DecodedImage, decodeImage, type DecodeImageOptions } from "./decode_image.ts";
import { type EncodableImage, encodeImage, type EncodeImageOptions } from "./encode_image.ts";
import { type HoleMask, readHoleMask, type ReadHoleMaskOptions } from "./mask_file.ts";

/** Options of {@linkcode PictureCodec.readHoles}; the hole is read from brightness. */
export interface ReadHolesOptions extends DecodeImageOptions, Omit<ReadHoleMaskOptions, "source"> {}

/** A decoded file. */
export interface DecodedPicture {
  readonly image: DecodedImage;
  /** The file itself, given back. */
  readonly bytes: Uint8Array;
}

/**
 * Decodes and encodes. What is handed in is handed over: another thread may take the memory away, so bytes and pixels
 * must not be looked at again but in what comes back.
 */
export interface PictureCodec {
  /** Decodes a whole file as `decodeImage` does. @throws {InputError} As there. */
  decode(bytes: Uint8Array, options: DecodeImageOptions): Promise<DecodedPicture>;
  /**
   * Decodes the file of a mask and reads the hole from its brightness, as `readHoleMask` does.
   *
   * @throws {InputError} If it cannot be decoded.
   * @throws {RangeError} If the threshold is not 1 to 255.
   */
  readHoles(bytes: Uint8Array, options: ReadHolesOptions): Promise<HoleMask>;
  /** Encodes as `encodeImage` does. @throws {InputError} As there. @throws {RangeError} As there. */
  encode(image: EncodableImage, options: EncodeImageOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** Works in this thread and takes nothing away. */
export const localCodec: PictureCodec = {
  async decode(bytes, options) {
    return { image: await decodeImage(bytes, options), bytes };
  },
  async readHoles(bytes, { invert, threshold, ...options }) {
    return readHoleMask(await decodeImage(bytes, options), {
      ...(invert === undefined ? {} : { invert }),
      ...(threshold === undefined ? {} : { threshold }),
    });
  },
  encode: encodeImage,
};
