/**
 * Fills a hole in a JPEG and leaves everything else in it as it is.
 * @module
 */
import { type BlockTarget, type FilledPicture, setBlockTarget } from "./block_target.ts";
import { colourModel, type ColourWeights } from "./colour_model.ts";
import { BlockFitter } from "./fit_block.ts";
import type { JpegComponent } from "./jpeg_coefficients.ts";
import { readJpegCoefficients } from "./read_jpeg_coefficients.ts";
import { touchedBlocks } from "./touched_blocks.ts";
import { uprightWalk } from "./upright_walk.ts";
import { largestFactors } from "./walk_scan.ts";
import { writeJpegCoefficients } from "./write_jpeg_coefficients.ts";

/** What {@linkcode patchJpeg} fills. */
export interface PatchJpegRequest {
  /** The whole file. */
  readonly bytes: Uint8Array;
  /** `[height, width, 4]`, the filled picture, upright, 0 to 255; looked at inside the hole alone, alpha not at all. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
  /** `[height, width]`, upright, 1 = hole: every pixel that shall change. */
  readonly holeMask: Uint8Array;
  /** EXIF orientation of the file, 1 to 8. */
  readonly orientation: number;
}

/** The file with the hole filled. */
export interface PatchedJpeg {
  /** The whole new file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Blocks that were made anew, of all components. */
  readonly touchedBlocks: number;
  /** Blocks of all components. */
  readonly totalBlocks: number;
  /** Bytes behind the end of the picture (previews, gain maps, films), which show the unfilled one and were left out. */
  readonly droppedBytes: number;
}

/**
 * Makes those blocks anew that the hole touches. All others keep their coefficients, so nothing is lost by a second
 * compression; quantisation tables, sampling, kind (progressive or not) and every segment stay as they are, the EXIF
 * orientation too, which is therefore not applied to the pixels.
 *
 * What a decoder shows outside of the touched blocks is the same to the bit where colour is not subsampled. Where it
 * is, decoders that interpolate colour change one pixel more around them. Inside touched blocks known pixels change
 * as little as the file's own quantisation allows: see `setBlockTarget()` and `BlockFitter`.
 *
 * @returns Undefined if the file holds CMYK or YCCK, or sampling factors that are no multiples of each other.
 * @throws {InputError} If the file is damaged or of a kind that is not read, see `readJpegCoefficients()`. Decoders show
 * many damaged files all the same, with grey where data is missing; such a file has to be encoded anew.
 * @throws {RangeError} If `rgba` or `holeMask` do not fit the picture or the orientation is not 1 to 8.
 *
 * Differs: from all inpainting tools known to us, which decode and encode the whole picture anew.
 */
export function patchJpeg(request: PatchJpegRequest): PatchedJpeg | undefined {
  const { bytes, rgba, holeMask, orientation } = request;
  const jpeg = readJpegCoefficients(bytes);
  const { width, height, components, trailer } = jpeg;
  if (rgba.length !== width * height * 4) {
    throw new RangeError(
      `Cannot patch JPEG: the picture has ${rgba.length} bytes, must be ${width * height * 4}`,
    );
  }
  const touched = touchedBlocks(jpeg, { holeMask, orientation });
  const colours = colourModel(jpeg);
  const { largestH, largestV } = largestFactors(components);
  const isWhole = components.every(({ h, v }) => largestH % h === 0 && largestV % v === 0);
  if (colours === undefined || !isWhole) return undefined;

  const picture = { width, height, rgba, holeMask, walk: uprightWalk(jpeg, orientation) };
  components.forEach((component, i) => {
    const cell = { cellWide: largestH / component.h, cellHigh: largestV / component.v };
    patchComponent(component, touched[i]!, picture, { ...cell, colour: colours[i]! });
  });
  return {
    bytes: writeJpegCoefficients({ ...jpeg, trailer: trailer.subarray(0, 0) }),
    touchedBlocks: touched.reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0),
    totalBlocks: touched.reduce((sum, { length }) => sum + length, 0),
    droppedBytes: trailer.length,
  };
}

function patchComponent(
  component: JpegComponent,
  touched: Uint8Array,
  picture: FilledPicture,
  area: { cellWide: number; cellHigh: number; colour: ColourWeights },
): void {
  const { coefficients, blocksWide, quantTable } = component;
  const fitter = new BlockFitter(quantTable);
  const target: BlockTarget = { samples: new Float64Array(64), weights: new Float64Array(64) };
  for (let i = touched.indexOf(1); i >= 0; i = touched.indexOf(1, i + 1)) {
    const [left, top] = [8 * (i % blocksWide), 8 * Math.floor(i / blocksWide)];
    fitter.samples(coefficients, 64 * i, target.samples);
    setBlockTarget(target, picture, { left, top, ...area });
    fitter.fit(target, coefficients, 64 * i);
  }
}
