/**
 * Whether an enlargement can be held and written, told before anything is decoded.
 * @module
 */
import { FORMAT_LABELS, MAX_SIDE, type OutputFormat } from "../../data/encode_image.ts";
import { InputError } from "../../errors.ts";

/** Most pixels of a result, the same as of a picture that is read. */
const MAX_PIXELS = 178_000_000;

/** What is to be enlarged. */
export interface Enlargement {
  /** For messages. */
  readonly name: string;
  /** Of the small picture as it is seen, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Of the result. */
  readonly format: OutputFormat;
}

/**
 * Refuses a result of too many pixels, or with a side that its format cannot state.
 *
 * @throws {InputError} With the largest scale that is possible.
 */
export function checkSize({ name, width, height, scale, format }: Enlargement): void {
  const [longer, area] = [Math.max(width, height), width * height];
  const size = `${width * scale}x${height * scale}`;
  const byPixels = Math.floor(Math.sqrt(MAX_PIXELS / area));
  const bySide = Math.floor(MAX_SIDE[format] / longer);
  const hint = (largest: number) => `The largest scale for it is ${Math.max(1, largest)}`;
  if (area * scale ** 2 > MAX_PIXELS) {
    throw new InputError(
      `Cannot enlarge "${name}" ${scale} times: ${size} is ${area * scale ** 2} pixels, ` +
        `must be at most ${MAX_PIXELS}`,
      { hint: hint(Math.min(byPixels, bySide)) },
    );
  }
  if (longer * scale > MAX_SIDE[format]) {
    throw new InputError(
      `Cannot enlarge "${name}" ${scale} times: as ${
        FORMAT_LABELS[format]
      } no side of ${size} may exceed ` +
        `${MAX_SIDE[format]} pixels`,
      { hint: `${hint(bySide)}; PNG has no such limit` },
    );
  }
}
