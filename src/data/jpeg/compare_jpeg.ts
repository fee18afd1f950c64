/**
 * Proves that a patched JPEG differs from the original where it had to and nowhere else.
 * @module
 */
import type { JpegCoefficients, JpegComponent } from "./jpeg_coefficients.ts";
import { readJpegCoefficients } from "./read_jpeg_coefficients.ts";
import { touchedBlocks } from "./touched_blocks.ts";

/** Two files and the hole between them. */
export interface CompareJpegRequest {
  /** The whole original file. */
  readonly before: Uint8Array;
  /** The whole written file. */
  readonly after: Uint8Array;
  /** `[height, width]`, upright, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** EXIF orientation of the original, 1 to 8. */
  readonly orientation: number;
}

/** What {@linkcode compareJpeg} has found. */
export interface JpegComparison {
  /** True if nothing changed that should not: all of the following hold and no untouched block differs. */
  readonly isUntouched: boolean;
  /** Width, height, number, identifiers and sampling of the components are equal. */
  readonly hasSameLayout: boolean;
  /** Quantisation tables of all components are equal. */
  readonly hasSameQuantTables: boolean;
  /** All APPn and COM segments are equal, byte for byte and in the same order. */
  readonly hasSameSegments: boolean;
  /** Blocks of all components. */
  readonly totalBlocks: number;
  /** Blocks that the hole touches. */
  readonly touchedBlocks: number;
  /** Blocks that it does not touch and whose coefficients differ all the same; all of them if the layout differs. */
  readonly changedUntouchedBlocks: number;
}

/**
 * Compares two files by what they hold, not by how it is coded.
 *
 * @throws {InputError} If a file is damaged or of a kind that is not read, see `readJpegCoefficients()`.
 * @throws {RangeError} If the mask does not fit the original.
 */
export function compareJpeg(request: CompareJpegRequest): JpegComparison {
  const { holeMask, orientation } = request;
  const before = readJpegCoefficients(request.before);
  const after = readJpegCoefficients(request.after);
  const touched = touchedBlocks(before, { holeMask, orientation });
  const totalBlocks = touched.reduce((sum, { length }) => sum + length, 0);
  const touchedCount = touched.reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0);
  const hasSameLayout = layoutOf(before) === layoutOf(after);
  const pairs = hasSameLayout
    ? before.components.map((component, i) => [component, after.components[i]!] as const)
    : [];
  const hasSameQuantTables = hasSameLayout &&
    pairs.every(([a, b]) => isSame(a.quantTable, b.quantTable));
  const hasSameSegments = before.segments.length === after.segments.length &&
    before.segments.every(({ marker, content }, i) =>
      marker === after.segments[i]!.marker && isSame(content, after.segments[i]!.content)
    );
  const changedUntouchedBlocks = hasSameLayout
    ? pairs.reduce((sum, [a, b], i) => sum + countChanged(a, b, touched[i]!), 0)
    : totalBlocks - touchedCount;
  return {
    isUntouched: hasSameLayout && hasSameQuantTables && hasSameSegments &&
      changedUntouchedBlocks === 0,
    hasSameLayout,
    hasSameQuantTables,
    hasSameSegments,
    totalBlocks,
    touchedBlocks: touchedCount,
    changedUntouchedBlocks,
  };
}

function layoutOf({ width, height, components }: JpegCoefficients): string {
  return JSON.stringify([width, height, ...components.map(({ id, h, v }) => [id, h, v])]);
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function countChanged(a: JpegComponent, b: JpegComponent, touched: Uint8Array): number {
  let changed = 0;
  for (let block = 0; block < touched.length; block++) {
    if (touched[block] === 1) continue;
    const end = 64 * block + 64;
    let i = 64 * block;
    while (i < end && a.coefficients[i] === b.coefficients[i]) i++;
    if (i < end) changed++;
  }
  return changed;
}
