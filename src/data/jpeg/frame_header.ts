/**
 * The frame header and the quantisation tables of a JPEG.
 * @module
 */
import type { JpegComponent } from "./jpeg_coefficients.ts";
import { jpegError } from "./marker_reader.ts";
import { largestFactors } from "./walk_scan.ts";

/** A component before its data. */
export interface FrameHeaderComponent
  extends Pick<JpegComponent, "id" | "h" | "v" | "blocksWide" | "blocksHigh"> {
  /** Which quantisation table, 0 to 3. */
  readonly quantId: number;
}

/** What a frame header says. */
export interface FrameHeader {
  /** In pixels, 1 to 65535. */
  readonly width: number;
  /** In pixels, 1 to 65535. */
  readonly height: number;
  readonly isProgressive: boolean;
  readonly components: readonly FrameHeaderComponent[];
}

/**
 * Reads a frame header.
 *
 * @param marker 0xc0 to 0xcf.
 * @throws {InputError} If it is damaged or of a kind that is not read.
 *
 * Source: ITU T.81, B.2.2, A.1.1 and A.2.
 */
export function readFrameHeader(marker: number, content: Uint8Array): FrameHeader {
  if (marker > 0xc2) {
    const kind = marker > 0xc8 ? "arithmetic-coded" : "lossless or hierarchical";
    throw jpegError(`it is ${kind}, must be baseline or progressive`);
  }
  const count = content[5] ?? 0;
  if (content.length < 6 || content.length !== 6 + 3 * count) {
    throw jpegError("its frame header is damaged");
  }
  if (content[0] !== 8) throw jpegError(`it has ${content[0]} bits per sample, must be 8`);
  const height = (content[1]! << 8) | content[2]!;
  const width = (content[3]! << 8) | content[4]!;
  if (width < 1 || height < 1) {
    throw jpegError(`its size is ${width}x${height}, must be at least 1x1`);
  }
  if (count !== 1 && count !== 3 && count !== 4) {
    throw jpegError(`it has ${count} components, must be 1, 3 or 4`);
  }
  const raw = Array.from({ length: count }, (_, i) => {
    const at = 6 + 3 * i;
    const factors = content[at + 1]!;
    return { id: content[at]!, h: factors >> 4, v: factors & 15, quantId: content[at + 2]! };
  });
  const isValid = raw.every(({ id, h, v, quantId }, i) =>
    h >= 1 && h <= 4 && v >= 1 && v <= 4 && quantId <= 3 &&
    raw.findIndex((other) => other.id === id) === i
  );
  if (!isValid) throw jpegError("its frame header is damaged");
  const { largestH, largestV } = largestFactors(raw);
  const components = raw.map((component) => {
    const { h, v } = component;
    // A single component has units of one block, whatever its factors.
    const blocksWide = count === 1 ? Math.ceil(width / 8) : Math.ceil(width / (8 * largestH)) * h;
    const blocksHigh = count === 1 ? Math.ceil(height / 8) : Math.ceil(height / (8 * largestV)) * v;
    return { ...component, blocksWide, blocksHigh };
  });
  return { width, height, isProgressive: marker === 0xc2, components };
}

/**
 * Reads a segment of quantisation tables into a list by number.
 *
 * @throws {InputError} If it is damaged.
 *
 * Source: ITU T.81, B.2.4.1.
 */
export function readQuantTables(content: Uint8Array, tables: (Uint16Array | undefined)[]): void {
  for (let at = 0; at < content.length;) {
    const [bytesEach, id] = [1 + (content[at]! >> 4), content[at]! & 15];
    const end = at + 1 + 64 * bytesEach;
    if (bytesEach > 2 || id > 3 || end > content.length) {
      throw jpegError("a quantisation table is damaged");
    }
    const table = new Uint16Array(64);
    for (let k = 0; k < 64; k++) {
      const from = at + 1 + k * bytesEach;
      table[k] = bytesEach === 1 ? content[from]! : (content[from]! << 8) | content[from + 1]!;
    }
    if (table.includes(0)) throw jpegError("a quantisation table is damaged");
    tables[id] = table;
    at = end;
  }
}
