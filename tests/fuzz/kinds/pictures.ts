/**
 * Pictures and masks.
 * @module
 */
import assert from "node:assert/strict";
import { type DecodedImage, decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { readHoleMask } from "../../../src/data/mask_file.ts";
import {
  BOX_MUTATIONS,
  DIRECTORY_MUTATIONS,
  headerMutation,
  RIFF_MUTATIONS,
} from "../mutate/containers.ts";
import { JPEG_MUTATIONS } from "../mutate/jpeg.ts";
import type { Mutation } from "../mutate/mutation.ts";
import { PNG_MUTATIONS } from "../mutate/png.ts";
import avif from "../seeds/avif.json" with { type: "json" };
import stored from "../seeds/pictures.json" with { type: "json" };
import type { Kind, Seed } from "./kind.ts";

/** Larger pictures are not written again. */
const MOST_WRITTEN = 10_000;

/** Refused above it; far less than the program's own limit, so that what takes more memory is seen. */
const MAX_PIXELS = 4_000_000;

/**
 * Decodes a picture, reads it as a mask, and writes it again with what the file said about it, as a result is written.
 */
async function readPicture(bytes: Uint8Array): Promise<void> {
  const image = await decodeImage(bytes, { name: "case", maxPixels: MAX_PIXELS });
  checkImage(image);
  readHoleMask(image);
  if (image.hasAlpha) readHoleMask(image, { source: "alpha" });
  const { width, height, hasAlpha, metadata } = image;
  if (width * height > MOST_WRITTEN) return;
  const { format } = image;
  // AVIF takes its encoder a second.
  const target = format === "jpeg" || format === "webp" || format === "tiff" ? format : "png";
  const written = await encodeImage(image, { format: target, keepAlpha: hasAlpha, metadata });
  checkImage(await decodeImage(written, { name: "result" }));
}

/** What every reader of a decoded image counts on. */
function checkImage({ width, height, rgba }: DecodedImage): void {
  assert.ok(Number.isInteger(width) && width > 0 && Number.isInteger(height) && height > 0);
  assert.equal(rgba.length, width * height * 4);
}

/** Pictures that are refused although they are whole. */
const REFUSED = ["webp: animated", "tiff: JPEG inside"];

function pictureKind(name: string, mutations: readonly Mutation[]): Kind {
  return {
    name,
    ending: name,
    isPicture: true,
    mutations,
    seeds: () =>
      Promise.resolve(
        [...stored.pictures, ...avif.pictures].filter(({ kind }) => kind === name).map((
          picture,
        ): Seed => ({
          name: picture.name,
          bytes: Uint8Array.fromBase64(picture.file),
          ...(REFUSED.includes(`${name}: ${picture.name}`) ? { isRefused: true } : {}),
        })),
      ),
    read: readPicture,
  };
}

/** All kinds of pictures. */
export const PICTURE_KINDS: readonly Kind[] = [
  pictureKind("png", [...PNG_MUTATIONS, ...PNG_MUTATIONS, ...DIRECTORY_MUTATIONS]),
  pictureKind("jpeg", [...JPEG_MUTATIONS, ...JPEG_MUTATIONS, ...DIRECTORY_MUTATIONS]),
  pictureKind("webp", [...RIFF_MUTATIONS, ...DIRECTORY_MUTATIONS]),
  pictureKind("gif", [headerMutation("GIF", 40, true)]),
  pictureKind("tiff", DIRECTORY_MUTATIONS),
  pictureKind("bmp", [headerMutation("BMP", 60, true)]),
  pictureKind("avif", BOX_MUTATIONS),
];
