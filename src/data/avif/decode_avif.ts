/**
 * Decodes AVIF by libavif in WebAssembly.
 * @module
 */
import type { PictureMetadata } from "../metadata/picture_metadata.ts";
import { readAvifHeader } from "./avif_header.ts";
import { readAvifMetadata } from "./avif_metadata.ts";

/** A picture of an AVIF file, in stored orientation. */
export interface DecodedAvif {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, 0 to 255, colour not multiplied by alpha; of more bits the upper 8. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** The same in 16 bits, if the file has 10 or 12: scaled to 65535 and rounded. */
  readonly rgba16?: Uint16Array<ArrayBuffer>;
  /** True if the file has no colour. */
  readonly isGrey: boolean;
  readonly metadata: PictureMetadata;
  /** Always empty; as for TIFF. */
  readonly warnings: readonly string[];
}

/** What the decoder returns. */
interface AvifPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;
}

/**
 * Decodes a still picture. Rotation and mirroring are not applied: the header states them. No colour profile is applied.
 *
 * @param bytes The whole file, of which the caller has judged the declared size.
 * @throws {SyntaxError} If it is damaged, cut short or of a kind that is not read.
 * @throws {RangeError} If its header is cut short.
 * @throws {Error} If the decoder cannot be loaded.
 */
export async function decodeAvif(bytes: Uint8Array): Promise<DecodedAvif> {
  const { width, height, bitDepth, isGrey } = readAvifHeader(bytes);
  const decode = await loadAvifDecoder();
  const pixels = await decode(bytes, bitDepth === 8 ? 8 : 16);
  if (pixels.width !== width || pixels.height !== height) {
    const decoded = `${pixels.width}x${pixels.height}`;
    throw new SyntaxError(`AVIF states ${width}x${height}, its data is ${decoded}`);
  }
  const metadata = readAvifMetadata(bytes);
  const { data } = pixels;
  if (!(data instanceof Uint16Array)) {
    return { width, height, rgba: data, isGrey, metadata, warnings: [] };
  }
  const rgba = new Uint8ClampedArray(data.length);
  for (let i = 0; i < rgba.length; i++) rgba[i] = data[i]! >> 8;
  return { width, height, rgba, rgba16: data, isGrey, metadata, warnings: [] };
}

/**
 * Loads the decoder.
 *
 * @throws {Error} If its module or its WebAssembly cannot be read.
 */
export async function loadAvifDecoder(): Promise<
  (bytes: Uint8Array, bitDepth: 8 | 16) => Promise<AvifPixels>
> {
  const { default: decode } = await import("@jsquash/avif/decode.js");
  // The WebAssembly is loaded by the first call, which must not look like a damaged file if that fails.
  await decode(new ArrayBuffer(0)).catch((error: Error) => {
    if (error.message !== "Decoding error") throw error;
  });
  return async (bytes, bitDepth) => {
    try {
      // Its types know 8 bits and, by another overload, the rest.
      const pixels = bitDepth === 8
        ? await decode(bytes.slice().buffer)
        : await decode(bytes.slice().buffer, { bitDepth });
      if (pixels === null) throw new Error("the decoder returned no picture");
      return pixels as AvifPixels;
    } catch (cause) {
      throw new SyntaxError("its AVIF data is damaged or cut short", { cause });
    }
  };
}
