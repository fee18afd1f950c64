/**
 * The slow work on image files, behind one face for this thread and for others.
 * @module
 */
import { InputError } from "../errors.ts";
import { type DecodedImage, decodeImage, type DecodeImageOptions } from "./decode_image.ts";
import { type EncodableImage, encodeImage, type EncodeImageOptions } from "./encode_image.ts";
import type { PatchedJpeg, PatchJpegRequest } from "./jpeg/patch_jpeg.ts";
import { type HoleMask, readHoleMask, type ReadHoleMaskOptions } from "./mask_file.ts";

/** Options of {@linkcode PictureCodec.readHoles}; the hole is read from brightness. */
export interface ReadHolesOptions extends DecodeImageOptions, Omit<ReadHoleMaskOptions, "source"> {}

/** A decoded file. */
export interface DecodedPicture {
  readonly image: DecodedImage;
  /** The file itself, given back. */
  readonly bytes: Uint8Array;
}

/** What {@linkcode PictureCodec.patch} puts into a JPEG. */
export type JpegPatch = Omit<PatchJpegRequest, "bytes">;

/** A JPEG with its hole filled, and what it was made of. */
export interface PatchedPicture {
  /** Undefined if the file cannot be patched: it has to be encoded anew. */
  readonly patched: PatchedJpeg | undefined;
  /** What is wrong with the file; undefined if it was patched, or is only of a kind that `patchJpeg` does not patch. */
  readonly refusal?: string;
  /** The file as it was, given back. */
  readonly bytes: Uint8Array;
  /** Pixels and mask, given back. */
  readonly patch: JpegPatch;
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
  /**
   * Makes the blocks of a JPEG anew that a hole touches, as `patchJpeg` does.
   *
   * @throws {RangeError} If pixels or mask do not fit the picture.
   */
  patch(bytes: Uint8Array, patch: JpegPatch): Promise<PatchedPicture>;
}

/** Works in this thread and takes nothing away. */
export const localCodec: PictureCodec = {
  async decode(bytes, options) {
    return { image: await decodeImage(bytes, options), bytes };
  },
  async readHoles(bytes, { invert, threshold, ...options }) {
    // Brightness of a mask is read from 8 bits.
    return readHoleMask(await decodeImage(bytes, { ...options, sixteenBits: false }), {
      ...(invert === undefined ? {} : { invert }),
      ...(threshold === undefined ? {} : { threshold }),
    });
  },
  encode: encodeImage,
  async patch(bytes, patch) {
    const { patchJpeg } = await import("./jpeg/patch_jpeg.ts");
    try {
      return { patched: patchJpeg({ bytes, ...patch }), bytes, patch };
    } catch (error) {
      // Decoders show some files that are damaged; what was handed over must come back for another try.
      if (!(error instanceof InputError)) throw error;
      return { patched: undefined, refusal: error.message, bytes, patch };
    }
  },
};
