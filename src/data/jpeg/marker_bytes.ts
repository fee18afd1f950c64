/**
 * The segments of a JPEG that a decoder needs, as bytes.
 * @module
 */
import type { HuffmanCode } from "./huffman_code.ts";

/** Start of image. */
export const SOI: Uint8Array = Uint8Array.of(0xff, 0xd8);
/** End of image. */
export const EOI: Uint8Array = Uint8Array.of(0xff, 0xd9);

/**
 * Any segment that states its length.
 *
 * @param marker Second byte of the marker.
 * @param content At most 65533 bytes.
 */
export function segmentBytes(marker: number, content: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(content.length + 4);
  bytes.set([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff]);
  bytes.set(content, 4);
  return bytes;
}

/** DQT: a table of 8 bits, or of 16 where a step needs them. Source: ITU T.81, B.2.4.1. */
export function quantTableBytes(id: number, table: Uint16Array): Uint8Array {
  const isWide = table.some((step) => step > 255);
  const steps = isWide ? [...table].flatMap((step) => [step >> 8, step & 0xff]) : [...table];
  return segmentBytes(0xdb, [(isWide ? 0x10 : 0) | id, ...steps]);
}

/** A component of {@linkcode frameBytes}. */
export interface FrameComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  /** Which quantisation table. */
  readonly quantId: number;
}

/** SOF of 8 bits. Source: ITU T.81, B.2.2. */
export function frameBytes(
  marker: number,
  frame: { width: number; height: number; components: readonly FrameComponent[] },
): Uint8Array {
  const { width, height, components } = frame;
  const head = [8, height >> 8, height & 0xff, width >> 8, width & 0xff, components.length];
  const each = components.map(({ id, h, v, quantId }) => [id, (h << 4) | v, quantId]);
  return segmentBytes(marker, [...head, ...each.flat()]);
}

/** DHT. Source: ITU T.81, B.2.4.2. */
export function huffmanBytes(
  kind: "dc" | "ac",
  id: number,
  { counts, symbols }: HuffmanCode,
): Uint8Array {
  return segmentBytes(0xc4, [(kind === "ac" ? 0x10 : 0) | id, ...counts, ...symbols]);
}

/** What a scan covers. */
export interface ScanHeader {
  readonly components: readonly { id: number; dcTable: number; acTable: number }[];
  /** First frequency, in zigzag order. */
  readonly from: number;
  /** Last frequency. */
  readonly to: number;
  /** Lowest bit that is known already, 0 if none is. */
  readonly high: number;
  /** Lowest bit that the scan tells. */
  readonly low: number;
}

/** SOS. Source: ITU T.81, B.2.3. */
export function scanBytes({ components, from, to, high, low }: ScanHeader): Uint8Array {
  const each = components.map(({ id, dcTable, acTable }) => [id, (dcTable << 4) | acTable]);
  return segmentBytes(0xda, [components.length, ...each.flat(), from, to, (high << 4) | low]);
}
