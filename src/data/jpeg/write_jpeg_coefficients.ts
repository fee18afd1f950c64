/**
 * Writes quantised coefficients as a JPEG.
 * @module
 */
import { addBlock, addDifference } from "./block_tokens.ts";
import type { JpegCoefficients, JpegComponent } from "./jpeg_coefficients.ts";
import { joinBytes } from "../metadata/join_bytes.ts";
import { EOI, frameBytes, quantTableBytes, segmentBytes, SOI } from "./marker_bytes.ts";
import { BandTokens } from "./progressive_tokens.ts";
import { type ScanPart, scanPartBytes, TOKEN_TABLES } from "./scan_part.ts";
import { ScanTokens } from "./scan_tokens.ts";
import { type FrameSize, largestFactors, walkScan } from "./walk_scan.ts";

/** Most blocks in a unit of several components. Source: ITU T.81, B.2.3. */
const MOST_BLOCKS = 10;

/** A scan, its components by their place in the frame. */
interface Scan extends Omit<ScanPart, "components"> {
  readonly places: readonly number[];
}

/**
 * Writes a JPEG that {@linkcode readJpegCoefficients} reads back to the very same coefficients, tables, sampling and
 * segments.
 *
 * Progressive stays progressive, with the scans that libjpeg makes by default; everything else becomes sequential,
 * in one scan where that is allowed. Huffman codes are made to measure, restart markers are left out, segments of
 * applications and comments come first, and what lay behind the picture stays there.
 *
 * Source: ITU T.81; libjpeg, jcparam.c, `jpeg_simple_progression`.
 */
export function writeJpegCoefficients(jpeg: JpegCoefficients): Uint8Array<ArrayBuffer> {
  const { width, height, components, isProgressive, segments, trailer } = jpeg;
  const size = { width, height, ...largestFactors(components) };
  const quantTables: Uint16Array[] = [];
  const frameComponents = components.map(({ id, h, v, quantTable }) => {
    const isSame = (other: Uint16Array) => other.every((step, k) => step === quantTable[k]);
    const known = quantTables.findIndex(isSame);
    return { id, h, v, quantId: known >= 0 ? known : quantTables.push(quantTable) - 1 };
  });
  const isWide = quantTables.some((table) => table.some((step) => step > 255));
  const frameMarker = isProgressive ? 0xc2 : isWide ? 0xc1 : 0xc0;
  const scans = isProgressive ? progressiveScans(components) : sequentialScans(components);
  return joinBytes([
    SOI,
    ...segments.map(({ marker, content }) => segmentBytes(marker, content)),
    ...quantTables.map((table, i) => quantTableBytes(i, table)),
    frameBytes(frameMarker, { width, height, components: frameComponents }),
    ...scans.flatMap((scan) => writeScan(scan, jpeg, size)),
    EOI,
    trailer,
  ]);
}

/** All components together, or one by one if their unit would be too large. */
function groups(components: readonly JpegComponent[]): number[][] {
  const blocks = components.reduce((sum, { h, v }) => sum + h * v, 0);
  const places = [...components.keys()];
  return blocks <= MOST_BLOCKS ? [places] : places.map((place) => [place]);
}

function sequentialScans(components: readonly JpegComponent[]): Scan[] {
  return groups(components).map((places) => ({ places, from: 0, to: 63, high: 0, low: 0 }));
}

function progressiveScans(components: readonly JpegComponent[]): Scan[] {
  const means = (high: number, low: number) =>
    groups(components).map((places) => ({ places, from: 0, to: 0, high, low }));
  const band = (place: number, from: number, to: number, high: number, low: number) => ({
    places: [place],
    ...{ from, to, high, low },
  });
  if (components.length === 3) {
    return [
      ...means(0, 1),
      band(0, 1, 5, 0, 2),
      band(2, 1, 63, 0, 1),
      band(1, 1, 63, 0, 1),
      band(0, 6, 63, 0, 2),
      band(0, 1, 63, 2, 1),
      ...means(1, 0),
      band(2, 1, 63, 1, 0),
      band(1, 1, 63, 1, 0),
      band(0, 1, 63, 1, 0),
    ];
  }
  const each = (from: number, to: number, high: number, low: number) =>
    components.map((_, place) => band(place, from, to, high, low));
  return [
    ...means(0, 1),
    ...each(1, 5, 0, 2),
    ...each(6, 63, 0, 2),
    ...each(1, 63, 2, 1),
    ...means(1, 0),
    ...each(1, 63, 1, 0),
  ];
}

function writeScan(scan: Scan, jpeg: JpegCoefficients, size: FrameSize): Uint8Array[] {
  const components = scan.places.map((place) => jpeg.components[place]!);
  const tables = scan.places.map((place) => place === 0 ? 0 : 1);
  const tokens = new ScanTokens();
  if (!jpeg.isProgressive) addSequential(tokens, components, tables, size);
  else if (scan.from > 0) addBand(tokens, components[0]!, scan, size);
  else addMeans(tokens, components, { ...scan, tables }, size);
  // A band is alone in its scan and always uses the first table.
  const parts = components.map(({ id }, i) => ({ id, table: scan.from > 0 ? 0 : tables[i]! }));
  return scanPartBytes(tokens, { ...scan, components: parts });
}

function addSequential(
  tokens: ScanTokens,
  components: readonly JpegComponent[],
  tables: readonly number[],
  size: FrameSize,
): void {
  const slots = tables.map((table) => ({
    dc: TOKEN_TABLES.dc + table,
    ac: TOKEN_TABLES.ac + table,
  }));
  const previous = new Int32Array(components.length);
  const planes = components.map(({ coefficients }) => coefficients);
  walkScan(components, size, {
    unit: () => {},
    block: (i, block) => {
      addBlock(tokens, planes[i]!, block * 64, previous[i]!, slots[i]!);
      previous[i] = planes[i]![block * 64]!;
    },
  });
}

function addBand(tokens: ScanTokens, component: JpegComponent, scan: Scan, size: FrameSize): void {
  const { from, to, high, low } = scan;
  const band = new BandTokens(tokens, { from, to, low, table: TOKEN_TABLES.ac });
  const { coefficients } = component;
  walkScan([component], size, {
    unit: () => {},
    block: high === 0
      ? (_, block) => band.addFirst(coefficients, block * 64)
      : (_, block) => band.addRefinement(coefficients, block * 64),
  });
  band.endRun();
}

function addMeans(
  tokens: ScanTokens,
  components: readonly JpegComponent[],
  { high, low, tables }: { high: number; low: number; tables: readonly number[] },
  size: FrameSize,
): void {
  const previous = new Int32Array(components.length);
  walkScan(components, size, {
    unit: () => {},
    block: (i, block) => {
      const value = components[i]!.coefficients[block * 64]! >> low;
      if (high > 0) tokens.addBits(value & 1, 1);
      else addDifference(tokens, TOKEN_TABLES.dc + tables[i]!, value - previous[i]!);
      previous[i] = value;
    },
  });
}
