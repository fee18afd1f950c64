/**
 * The work on the pixels of one picture: decode, read the hole, fill it, encode.
 * @module
 */
import { extname } from "node:path";
import type { DecodedImage } from "../../data/decode_image.ts";
import { uprightSize } from "../../data/image_header.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { withoutAlpha } from "../../data/without_alpha.ts";
import { InputError } from "../../errors.ts";
import type { FillMethod } from "../../methods/types.ts";
import type { Budget } from "../pictures/budget.ts";
import type { MadePicture, PictureTask, PictureWork } from "../pictures/picture_work.ts";
import { isAlphaHole } from "../pictures/mask_source.ts";
import {
  type PictureMask,
  readPictureMask,
  requireKnownPixel,
} from "../pictures/read_picture_mask.ts";
import { beforeAfter } from "./before_after.ts";
import { blendFill } from "./blend_fill.ts";
import { encodeFilled } from "./encode_filled.ts";

/** What applies to every picture of a run. */
export interface FillSettings {
  readonly method: FillMethod;
  /** Of fills at once: a method that takes one picture after the other has a budget of 1. */
  readonly fills: Budget;
  readonly codec: PictureCodec;
  /** Undefined if it was not asked for. */
  readonly quality: number | undefined;
  readonly sideBySide: boolean;
  /** True compares what was written with the picture. */
  readonly verify: boolean;
}

/**
 * Makes the work of `inpaint`.
 *
 * Known pixels are copied, never computed. Alpha is kept; where transparency was the hole the filled pixels become opaque.
 * A picture without a hole that keeps its format keeps every byte.
 */
export function fillWork(settings: FillSettings): PictureWork {
  return {
    pixelsOf: ({ width, height }) => width * height,
    besideOf: (output) => settings.sideBySide ? [sheetOf(output)] : [],
    make: (task) => fillPicture(task, settings),
  };
}

async function fillPicture(
  { input, header, format, mask: sources, masks, stem, turn, output }:
    & PictureTask
    & { readonly output: string | undefined },
  settings: FillSettings,
): Promise<MadePicture> {
  const { codec, verify, sideBySide } = settings;
  const { name } = input;
  // Decoding may take the memory away.
  const original = verify ? input.bytes.slice() : undefined;
  const { image, bytes } = await codec.decode(input.bytes, { name });
  const about = { name, verb: "inpaint" } as const;
  const mask = await readPictureMask(sources, image, { ...masks, ...about });
  requireKnownPixel(mask, image, about);
  turn.signal.throwIfAborted();
  const isUntouched = mask.holePixels === 0 && format === image.format;
  const alphaWasHole = isAlphaHole(sources);
  if (mask.holePixels > 0) {
    blendFill(image, await fill(image, mask, { stem, turn, settings }), {
      ...{ mask, alphaWasHole },
    });
  }
  const { width, height, rgba } = image;
  // Known pixels are the damaged picture's own, so the filled one shows both halves.
  const sheet = sideBySide && output !== undefined
    ? beforeAfter({ width, height, rgba }, mask.holeMask, rgba)
    : undefined;
  const { encoded, warnings } = isUntouched
    ? { encoded: bytes, warnings: [] }
    : await encodeFilled({ name, bytes, image, mask, format, orientation: header.orientation }, {
      ...{ codec, quality: settings.quality },
    });
  const beside = sheet === undefined ? [] : [{
    path: sheetOf(output!),
    bytes: await codec.encode(sheet, { format: "png", keepAlpha: false }),
  }];
  return {
    status: mask.holePixels > 0 ? "filled" : sources.length > 0 ? "unchanged" : "copied",
    encoded,
    ...uprightSize(header),
    holeRatio: mask.holePixels / (width * height),
    warnings: [
      ...image.warnings.map((warning) => `"${name}": ${warning}`),
      ...mask.warnings,
      ...mask.holePixels === 0 && sources.length > 0
        ? [`"${name}" has no hole: nothing was filled`]
        : [],
      ...warnings,
    ],
    beside,
    ...(original === undefined ? {} : {
      verify: async (written) => {
        const { certify, certificateText } = await loadCertificate();
        const certificate = await certify({
          ...{ before: original, after: written },
          ...{ holeMask: mask.holeMask, alphaWasHole },
          ...(mask.blend === undefined
            ? {}
            : { opaqueMask: mask.blend.map((share) => share === 255 ? 1 : 0) }),
          names: { before: name, after: output ?? "the result" },
        });
        const text = certificateText(certificate);
        if (certificate.isExact) return text;
        throw new InputError(`Cannot verify "${output ?? name}": ${text}`, {
          hint:
            "It was not kept. PNG and WebP without --quality keep every known pixel, and JPEG " +
            "without --quality every block that no hole touches",
        });
      },
    }),
  };
}

/** Only those who ask for a proof wait for what makes it. */
async function loadCertificate() {
  const [{ certify }, { certificateText }] = await Promise.all([
    import("../../data/certificate/certify.ts"),
    import("../../data/certificate/certificate_text.ts"),
  ]);
  return { certify, certificateText };
}

/** Asks the method, when it is this picture's turn. */
async function fill(
  { width, height, rgba }: DecodedImage,
  { holeMask }: PictureMask,
  { stem, turn: { signal }, settings: { method, fills } }:
    & Pick<PictureTask, "stem" | "turn">
    & { readonly settings: FillSettings },
): Promise<Uint8Array> {
  const rgb255 = withoutAlpha(rgba);
  const leave = await fills.take(1);
  try {
    signal.throwIfAborted();
    return await method.fill({ width, height, rgb255, holeMask }, { signal, stem });
  } finally {
    leave();
  }
}

/** Path of the before/after picture of a result. */
function sheetOf(output: string): string {
  return `${output.slice(0, output.length - extname(output).length)}.before-after.png`;
}
