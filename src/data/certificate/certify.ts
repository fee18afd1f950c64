/**
 * The proof that a fill changed nothing but the hole: both files are decoded anew and compared.
 * @module
 */
import { createHash } from "node:crypto";
import { InputError } from "../../errors.ts";
import { type DecodedImage, decodeImage } from "../decode_image.ts";
import { readImageHeader } from "../image_header.ts";
import { compareJpeg } from "../jpeg/compare_jpeg.ts";
import type { Certificate } from "./certificate.ts";
import { compareMetadata } from "./compare_metadata.ts";
import { comparePixels } from "./compare_pixels.ts";

/** What is compared. */
export interface CertifyRequest {
  /** The whole input file. */
  readonly before: Uint8Array;
  /** The whole written file, read back from where it was written. */
  readonly after: Uint8Array;
  /**
   * `[height, width]` of the upright picture, 1 = hole.
   * @default every pixel is known
   */
  readonly holeMask?: Uint8Array;
  /**
   * True if transparent pixels of the input were the hole; they must be opaque in the output.
   * @default false: alpha must be kept
   */
  readonly alphaWasHole?: boolean;
  /**
   * Where exactly they must be opaque, 1 = there: a hole may be wider than its transparency.
   * @default the whole hole
   */
  readonly opaqueMask?: Uint8Array;
  /**
   * Names of the files for messages.
   * @default "input" and "output"
   */
  readonly names?: { readonly before: string; readonly after: string };
}

/**
 * Compares a written file with its input: size, colour of every known pixel as it is stored (8 or 16 bits), alpha of
 * every pixel, and metadata. A JPEG that was written as JPEG is compared by the coefficients of its blocks, because
 * known pixels in a block that the hole touches cannot stay exactly as they were.
 *
 * @throws {InputError} If a file cannot be decoded.
 * @throws {RangeError} If the mask does not fit the input.
 */
export async function certify(request: CertifyRequest): Promise<Certificate> {
  const { before, after, holeMask, alphaWasHole = false } = request;
  const names = request.names ?? { before: "input", after: "output" };
  const sha256 = createHash("sha256").update(after).digest("hex");
  const input = await decodeImage(before, { name: names.before });
  const output = await decodeImage(after, { name: names.after });
  requireFit(input, holeMask);
  const metadata = compareMetadata({
    before: input.metadata,
    after: output.metadata,
    format: output.format,
    isGrey: output.isGrey,
  });
  const { format } = output;
  if (input.width !== output.width || input.height !== output.height) {
    return {
      isExact: false,
      format,
      size: { before: [input.width, input.height], after: [output.width, output.height] },
      ...{ bits: 8, knownPixels: 0, changedPixels: 0, maxDifference: 0, changedAlpha: 0 },
      metadata,
      sha256,
    };
  }
  const pixels = comparePixels({
    before: input,
    after: output,
    ...holeMask === undefined ? {} : { holeMask },
    alphaWasHole,
    ...(request.opaqueMask === undefined ? {} : { opaqueMask: request.opaqueMask }),
  });
  const jpeg = input.format === "jpeg" && format === "jpeg"
    ? compareBlocks(request, input)
    : undefined;
  const areMetadataKept = typeof metadata === "string" ||
    metadata.lost.length + metadata.changed.length === 0;
  const arePixelsKept = jpeg?.isUntouched ?? pixels.changedPixels === 0;
  return {
    isExact: arePixelsKept && pixels.changedAlpha === 0 && areMetadataKept,
    format,
    ...pixels,
    metadata,
    ...jpeg === undefined ? {} : { blocks: jpeg.blocks },
    sha256,
  };
}

function requireFit({ width, height }: DecodedImage, holeMask: Uint8Array | undefined): void {
  if (holeMask === undefined || holeMask.length === width * height) return;
  throw new RangeError(
    `Cannot compare pictures: the mask has ${holeMask.length} pixels, must be ${width * height}`,
  );
}

/** Undefined if one of the files is of a kind whose coefficients are not read; pixels have to do then. */
function compareBlocks(
  { before, after, holeMask }: CertifyRequest,
  { width, height }: DecodedImage,
): { isUntouched: boolean; blocks: NonNullable<Certificate["blocks"]> } | undefined {
  const { orientation } = readImageHeader(before);
  try {
    const found = compareJpeg({
      before,
      after,
      holeMask: holeMask ?? new Uint8Array(width * height),
      orientation,
    });
    const { totalBlocks: total, touchedBlocks: touched } = found;
    // Equal coefficients under other tables are other colours.
    const isComparable = found.hasSameLayout && found.hasSameQuantTables;
    const changed = isComparable ? found.changedUntouchedBlocks : total - touched;
    // Segments are compared as metadata: a thumbnail of the old picture has to go.
    return { isUntouched: isComparable && changed === 0, blocks: { total, touched, changed } };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
