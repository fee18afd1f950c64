/**
 * Small copies of pictures, within a page.
 * @module
 */
import type { EncodableImage } from "../../data/encode_image.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { resample, roundToBytes } from "../../data/resample.ts";
import { withAlpha } from "../../data/with_alpha.ts";

/** Of WebP. At 512 pixels a photograph takes some 40 kB. */
const QUALITY = 80;

/**
 * Shrinks a picture and writes it as a data URL.
 *
 * @param mostSide Longest side of the result, in pixels.
 */
export async function thumbnail(
  image: EncodableImage,
  { codec, mostSide }: { readonly codec: Pick<PictureCodec, "encode">; readonly mostSide: number },
): Promise<string> {
  return await pictureUrl(shrinkToSide(image, mostSide), codec);
}

/** Writes a picture, laid over white, as a data URL of WebP. */
export async function pictureUrl(
  { width, height, rgba }: EncodableImage,
  codec: Pick<PictureCodec, "encode">,
): Promise<string> {
  const picture = { width, height, rgba: withAlpha(overWhite(rgba)) };
  const bytes = await codec.encode(picture, { format: "webp", quality: QUALITY, keepAlpha: false });
  return `data:image/webp;base64,${bytes.toBase64()}`;
}

/**
 * Shrinks a picture so that no side is longer than asked, and lays it over white. Pixels that fall together are averaged;
 * a picture that is small enough keeps its own.
 */
export function shrinkToSide(image: EncodableImage, mostSide: number): EncodableImage {
  const { width, height, rgba } = image;
  const scale = mostSide / Math.max(width, height);
  if (scale >= 1) return image;
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const shrunk = resample({ width, height, data: overWhite(rgba) }, {
    ...size,
    kernel: "bilinear",
  });
  return { ...size, rgba: withAlpha(roundToBytes(shrunk)) };
}

function overWhite(rgba: EncodableImage["rgba"]): Uint8Array {
  const rgb = new Uint8Array(rgba.length / 4 * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3]!;
    if (alpha === 255) {
      rgb[to] = rgba[from]!;
      rgb[to + 1] = rgba[from + 1]!;
      rgb[to + 2] = rgba[from + 2]!;
      continue;
    }
    for (let c = 0; c < 3; c++) {
      rgb[to + c] = Math.round((rgba[from + c]! * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return rgb;
}
