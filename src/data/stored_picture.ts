/**
 * The decoders of the formats: from the bytes of a whole file to its pixels as they are stored.
 * @module
 */
import type { RgbaPixels } from "./exif_orientation.ts";
import type { ImageFormat } from "./image_header.ts";

/** What the samples of a file mean. */
export type ColourSpace = "rgb" | "grey" | "cmyk";

/** Pixels in stored orientation. */
export interface StoredPicture extends RgbaPixels {
  readonly colourSpace: ColourSpace;
  /** What was left out of the picture, one sentence each. */
  readonly warnings?: readonly string[];
}

/** Decodes a file; throws what it likes if it cannot, of TIFF, AVIF and BMP a SyntaxError with the reason. */
export type Decoder = (bytes: Uint8Array) => StoredPicture | Promise<StoredPicture>;

/** imagescript's WebAssembly decoders, which come without types. Every `init` makes a fresh memory. */
interface PngModule {
  init(): Promise<{
    decode(bytes: Uint8Array): { width: number; height: number; framebuffer: Uint8Array };
  }>;
}
interface JpegModule {
  init(): Promise<{ decode(bytes: Uint8Array): JpegPixels }>;
}
interface JpegPixels {
  width: number;
  height: number;
  /** 0 grey, 1 RGB, 2 CMYK; 1, 3 or 4 bytes per pixel. */
  format: 0 | 1 | 2;
  buffer: Uint8Array;
}
interface GifModule {
  init(): Promise<{ Decoder: new (bytes: Uint8Array) => GifReader }>;
}
interface GifReader {
  width: number;
  height: number;
  /** The next frame in RGBA, or null after the last one. */
  frame(): { x: number; y: number; width: number; height: number; buffer: Uint8Array } | null;
}

/**
 * Loads a decoder on first need. imagescript's single decoders are WebAssembly; its main module would add
 * a native addon (`--allow-ffi`, few platforms) and expands a JPEG to RGBA half as fast.
 *
 * @throws Whatever the runtime throws if the decoder's files cannot be read.
 */
export async function loadDecoder(format: ImageFormat): Promise<Decoder> {
  switch (format) {
    case "webp": {
      const { default: decode } = await import("@jsquash/webp/decode.js");
      return async (bytes) => {
        const { width, height, data } = await decode(bytes.slice().buffer);
        return { width, height, rgba: new Uint8ClampedArray(data.buffer), colourSpace: "rgb" };
      };
    }
    case "png": {
      const module: PngModule = (await import("imagescript/wasm/node/png.js")).default;
      const png = await module.init();
      return (bytes) => {
        const { width, height, framebuffer } = png.decode(bytes);
        const rgba = new Uint8ClampedArray(framebuffer.buffer);
        return { width, height, rgba, colourSpace: pngColourSpace(bytes) };
      };
    }
    case "jpeg": {
      const module: JpegModule = (await import("imagescript/wasm/node/jpeg.js")).default;
      const jpeg = await module.init();
      return (bytes) => toRgba(jpeg.decode(bytes));
    }
    case "gif": {
      const module: GifModule = (await import("imagescript/wasm/node/gif.js")).default;
      const { Decoder } = await module.init();
      return (bytes) => firstFrame(new Decoder(bytes));
    }
    case "tiff": {
      const { decodeTiff } = await import("./tiff/decode_tiff.ts");
      return async (bytes) => stored(await decodeTiff(bytes));
    }
    case "avif": {
      const { decodeAvif, loadAvifDecoder } = await import("./avif/decode_avif.ts");
      await loadAvifDecoder();
      return async (bytes) => stored(await decodeAvif(bytes));
    }
    case "bmp": {
      const { decodeBmp } = await import("./bmp/decode_bmp.ts");
      return (bytes) => ({ ...decodeBmp(bytes), colourSpace: "rgb" });
    }
  }
}

/** Leaves the metadata out, which are read for all formats in one place. */
function stored(
  { width, height, rgba, rgba16, isGrey, warnings }: RgbaPixels & {
    readonly isGrey: boolean;
    readonly warnings: readonly string[];
  },
): StoredPicture {
  const colourSpace = isGrey ? "grey" : "rgb";
  const pixels = { width, height, rgba, colourSpace, warnings } as const;
  return rgba16 === undefined ? pixels : { ...pixels, rgba16 };
}

/** Grey by the colour type in the header; a palette of greys counts as colour. */
export function pngColourSpace(bytes: Uint8Array): ColourSpace {
  return bytes[25] === 0 || bytes[25] === 4 ? "grey" : "rgb";
}

/** Grey is repeated; CMYK is mixed without a colour profile, `255 (1 - c) (1 - k)`. */
function toRgba({ width, height, format, buffer }: JpegPixels): StoredPicture {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  switch (format) {
    case 0:
      for (let to = 0, from = 0; to < rgba.length; to += 4, from++) {
        rgba[to] = rgba[to + 1] = rgba[to + 2] = buffer[from]!;
      }
      break;
    case 1:
      for (let to = 0, from = 0; to < rgba.length; to += 4, from += 3) {
        rgba[to] = buffer[from]!;
        rgba[to + 1] = buffer[from + 1]!;
        rgba[to + 2] = buffer[from + 2]!;
      }
      break;
    case 2:
      for (let i = 0; i < rgba.length; i += 4) {
        const light = (255 - buffer[i + 3]!) / 255;
        for (let c = 0; c < 3; c++) rgba[i + c] = (255 - buffer[i + c]!) * light;
      }
      break;
  }
  return { width, height, rgba, colourSpace: (["grey", "rgb", "cmyk"] as const)[format] };
}

/** Lays the first frame on a transparent canvas; `readImageHeader` has checked that it fits. */
function firstFrame(reader: GifReader): StoredPicture {
  const { width, height } = reader;
  const frame = reader.frame();
  if (frame === null) throw new SyntaxError("the file has no frame");
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < frame.height; row++) {
    const line = frame.buffer.subarray(row * frame.width * 4, (row + 1) * frame.width * 4);
    rgba.set(line, ((frame.y + row) * width + frame.x) * 4);
  }
  const isAnimated = hasMore(reader);
  return {
    ...{ width, height, rgba, colourSpace: "rgb" },
    ...(isAnimated ? { warnings: [FIRST_FRAME] } : {}),
  };
}

/** What is said of a file of several frames. */
export const FIRST_FRAME = "it is animated, only its first frame is read";

/** True if another frame follows; a damaged one is none that could be lost. */
function hasMore(reader: GifReader): boolean {
  try {
    return reader.frame() !== null;
  } catch {
    return false;
  }
}
