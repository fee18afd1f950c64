/**
 * Pixels per inch in the units of the formats.
 * @module
 */
import { openExif, unsignedValue } from "./exif_directory.ts";
import type { GridDensity } from "./picture_metadata.ts";

/** Centimetres and metres of an inch. */
const [CM, METRE] = [2.54, 0.0254];
const [X_RESOLUTION, Y_RESOLUTION, UNIT] = [0x011a, 0x011b, 0x0128];

/** A density or only a ratio. */
export interface DensityMetadata {
  readonly dpi?: GridDensity;
  readonly aspect?: GridDensity;
}

/** Reads the seven bytes of a JFIF header from its unit on. Source: JFIF 1.02. */
export function readJfifDensity(bytes: Uint8Array): DensityMetadata {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return densityOf(view.getUint16(1), view.getUint16(3), [undefined, 1, CM][view.getUint8(0)]);
}

/** Unit and density of a JFIF header; whole numbers, in the unit that hits the density better. */
export function jfifDensity({ dpi, aspect }: DensityMetadata): number[] | undefined {
  if (dpi !== undefined) {
    const perInch = [dpi.x, dpi.y];
    const perCm = [dpi.x / CM, dpi.y / CM];
    const miss = (values: number[], unit: number) =>
      Math.max(...values.map((value) => Math.abs(value - Math.round(value)) * unit));
    // A PNG of 300 dots per inch says 11811 per metre, 299.9994.
    const isInch = miss(perInch, 1) <= Math.max(0.005, miss(perCm, CM));
    return jfifBytes(isInch ? 1 : 2, isInch ? perInch : perCm);
  }
  return aspect && jfifBytes(0, [aspect.x, aspect.y]);
}

function jfifBytes(unit: number, values: number[]): number[] | undefined {
  const [x, y] = values.map(Math.round) as [number, number];
  if (!(x >= 1 && y >= 1 && x <= 0xffff && y <= 0xffff)) return undefined;
  return [unit, x >> 8, x & 0xff, y >> 8, y & 0xff];
}

/** Reads the nine bytes of `pHYs`. Source: PNG (ISO 15948) 11.3.5.3. */
export function readPhysChunk(data: Uint8Array): DensityMetadata {
  if (data.length !== 9) return {};
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return densityOf(view.getUint32(0), view.getUint32(4), [undefined, METRE][view.getUint8(8)]);
}

/** Content of `pHYs`. */
export function physChunk({ dpi, aspect }: DensityMetadata): Uint8Array | undefined {
  const [x, y] = dpi !== undefined
    ? [dpi.x / METRE, dpi.y / METRE].map(Math.round) as [number, number]
    : [aspect?.x ?? 0, aspect?.y ?? 0];
  if (!(x >= 1 && y >= 1 && x < 2 ** 31 && y < 2 ** 31)) return undefined;
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  view.setUint32(0, x);
  view.setUint32(4, y);
  view.setUint8(8, dpi === undefined ? 0 : 1);
  return data;
}

/** Reads the resolution of an Exif block. Source: Exif 2.32, 4.6.4 A. */
export function readExifDensity(exif: Uint8Array): DensityMetadata {
  const block = openExif(exif);
  if (block === undefined) return {};
  const { view, little, main } = block;
  const rational = (tag: number) => {
    const entry = main.entries.find((candidate) => candidate.tag === tag);
    if (entry?.type !== 5 || entry.valueBytes < 8) return 0;
    const below = view.getUint32(entry.valueAt + 4, little);
    return below === 0 ? 0 : view.getUint32(entry.valueAt, little) / below;
  };
  const unit = [undefined, undefined, 1, CM][unsignedValue(block, main, UNIT) ?? 2];
  return unit === undefined ? {} : densityOf(rational(X_RESOLUTION), rational(Y_RESOLUTION), unit);
}

/** A small Exif block with a resolution and nothing else, for a format without any other place. */
export function exifOfDensity({ x, y }: GridDensity): Uint8Array<ArrayBuffer> {
  const exif = new Uint8Array(8 + 2 + 3 * 12 + 4 + 2 * 8);
  const view = new DataView(exif.buffer);
  exif.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 3]);
  const valuesAt = 8 + 2 + 3 * 12 + 4;
  const entries = [[X_RESOLUTION, 5, valuesAt], [Y_RESOLUTION, 5, valuesAt + 8], [UNIT, 3]];
  for (const [i, [tag, type, value]] of entries.entries()) {
    const at = 10 + 12 * i;
    view.setUint16(at, tag!);
    view.setUint16(at + 2, type!);
    view.setUint32(at + 4, 1);
    if (value === undefined) view.setUint16(at + 8, 2); // inches
    else view.setUint32(at + 8, value);
  }
  for (const [i, density] of [x, y].entries()) {
    // Ten-thousandths hold a PNG's pixels per metre exactly: one is 0.0254 per inch.
    view.setUint32(valuesAt + 8 * i, Math.min(Math.round(density * 10_000), 0xffffffff));
    view.setUint32(valuesAt + 8 * i + 4, 10_000);
  }
  return exif;
}

/** Without a unit only a ratio other than 1 says anything. */
function densityOf(x: number, y: number, inches: number | undefined): DensityMetadata {
  if (!(x > 0 && y > 0)) return {};
  if (inches !== undefined) return { dpi: { x: x * inches, y: y * inches } };
  return x === y ? {} : { aspect: { x, y } };
}
