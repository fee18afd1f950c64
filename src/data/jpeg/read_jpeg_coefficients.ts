/**
 * Reads a JPEG down to its quantised coefficients, and no further.
 * @module
 */
import { decodeScan, type ScanComponent } from "./decode_scan.ts";
import type { JpegCoefficients, JpegComponent, JpegSegment } from "./jpeg_coefficients.ts";
import { type FrameHeader, readFrameHeader, readQuantTables } from "./frame_header.ts";
import {
  IMAGE_END,
  IMAGE_START,
  isPlainSegment,
  jpegError,
  readAdobeTransform,
  readMarker,
  readScanData,
  SCAN_START,
} from "./marker_reader.ts";
import { type HuffmanLookup, makeHuffmanLookup } from "./scan_bits.ts";
import { largestFactors } from "./walk_scan.ts";

/** A file with more scans was made to keep its reader busy. */
const MOST_SCANS = 200;

/** Most blocks in a unit of several components. Source: ITU T.81, B.2.3. */
const MOST_BLOCKS = 10;

/**
 * Reads baseline, extended sequential and progressive JPEGs with Huffman codes and 8 bits, of one, three or four
 * components.
 *
 * Memory follows the size of the picture, 2 bytes per sample; a file too small to hold a bit for each block is
 * refused before. Callers refuse sizes that they do not want first, see `readImageHeader()`.
 *
 * @param bytes The whole file.
 * @throws {InputError} If the file is damaged, cut short, or of another kind (arithmetic coding, lossless,
 * hierarchical, 12 bits, two components, a height that is told after the picture).
 *
 * Source: ITU T.81. Differs: from libjpeg, which guesses where data is damaged; whoever wants to keep
 * coefficients must not guess.
 */
export function readJpegCoefficients(bytes: Uint8Array): JpegCoefficients {
  const reader = new CoefficientReader(bytes);
  let at = 2;
  if (bytes[0] !== 0xff || bytes[1] !== IMAGE_START) throw jpegError("it does not begin like one");
  for (;;) {
    const { marker, content, end } = readMarker(bytes, at);
    at = end;
    if (marker === IMAGE_END) return reader.finish(bytes.subarray(end));
    if (marker === SCAN_START) at = reader.readScan(content, end);
    else reader.readSegment(marker, content);
  }
}

/** What is known while going through a file. */
class CoefficientReader {
  readonly #bytes: Uint8Array;
  readonly #segments: JpegSegment[] = [];
  readonly #quantTables: (Uint16Array | undefined)[] = [];
  readonly #lookups: Record<"dc" | "ac", (HuffmanLookup | undefined)[]> = { dc: [], ac: [] };
  #frame: FrameHeader | undefined;
  /** By place in the frame; those that a scan has named. */
  readonly #components: JpegComponent[] = [];
  /** By place in the frame: the lowest known bit of each frequency, -1 if nothing is known. */
  readonly #known: Int8Array[] = [];
  #restartInterval = 0;
  #scans = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  readSegment(marker: number, content: Uint8Array): void {
    if (isPlainSegment(marker)) this.#segments.push({ marker, content });
    else if (marker === 0xdb) readQuantTables(content, this.#quantTables);
    else if (marker === 0xc4) this.#readHuffmanTables(content);
    else if (marker === 0xdd) {
      if (content.length !== 2) throw jpegError("its restart interval is damaged");
      this.#restartInterval = (content[0]! << 8) | content[1]!;
    } else if (marker >= 0xc0 && marker <= 0xcf) {
      if (this.#frame !== undefined) throw jpegError("it has two frame headers");
      this.#frame = readFrameHeader(marker, content);
    } else throw jpegError(`it has a segment of unknown kind 0x${marker.toString(16)}`);
  }

  /** Source: ITU T.81, B.2.4.2. */
  #readHuffmanTables(content: Uint8Array): void {
    for (let at = 0; at < content.length;) {
      const [kind, id] = [content[at]! >> 4, content[at]! & 15];
      const counts = content.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const symbols = content.subarray(at + 17, at + 17 + total);
      at += 17 + total;
      const isValid = kind <= 1 && id <= 3 && total <= 256 && at <= content.length &&
        (kind === 1 || symbols.every((symbol) => symbol <= 15));
      if (!isValid) throw jpegError("a Huffman table is damaged");
      this.#lookups[kind === 0 ? "dc" : "ac"][id] = makeHuffmanLookup(counts, symbols);
    }
  }

  /** Reads a scan, and says where the file goes on. Source: ITU T.81, B.2.3. */
  readScan(content: Uint8Array, from: number): number {
    const frame = this.#frame;
    if (frame === undefined) throw jpegError("it has a scan before its frame header");
    if (++this.#scans > MOST_SCANS) throw jpegError(`it has more than ${MOST_SCANS} scans`);
    const count = content[0] ?? 0;
    if (count < 1 || count > 4 || content.length !== 4 + 2 * count) {
      throw jpegError("a scan header is damaged");
    }
    const components: ScanComponent[] = [];
    const places: number[] = [];
    for (let i = 0; i < count; i++) {
      const [id, tables] = [content[1 + 2 * i]!, content[2 + 2 * i]!];
      const place = frame.components.findIndex((component) => component.id === id);
      if (place < 0 || places.includes(place)) throw jpegError("a scan header is damaged");
      places.push(place);
      const component = this.#openComponent(frame, place);
      const [dc, ac] = [this.#lookups.dc[tables >> 4], this.#lookups.ac[tables & 15]];
      components.push({ component, dc, ac });
    }
    const blocks = components.reduce((sum, { component: { h, v } }) => sum + h * v, 0);
    if (count > 1 && blocks > MOST_BLOCKS) throw jpegError("a scan has too many blocks in a unit");

    const [start, to, high, low] = [
      content[1 + 2 * count]!,
      content[2 + 2 * count]!,
      content[3 + 2 * count]! >> 4,
      content[3 + 2 * count]! & 15,
    ];
    const { isProgressive } = frame;
    const band = isProgressive ? { from: start, to, low } : { from: 0, to: 63, low: 0 };
    for (const place of places) this.#note(place, band, isProgressive ? high : 0);
    if (isProgressive && band.from > 0 && count > 1) throw jpegError("a scan header is damaged");
    const data = readScanData(this.#bytes, from);
    const scan = { components, isProgressive, ...band, isRefinement: isProgressive && high > 0 };
    const size = { ...frame, ...largestFactors(frame.components) };
    decodeScan({ ...scan, restartInterval: this.#restartInterval, data }, size);
    return data.end;
  }

  /** Keeps the quantisation table that is in force at a component's first scan. */
  #openComponent(frame: FrameHeader, place: number): JpegComponent {
    const known = this.#components[place];
    if (known !== undefined) return known;
    const { id, h, v, quantId, blocksWide, blocksHigh } = frame.components[place]!;
    const quantTable = this.#quantTables[quantId];
    if (quantTable === undefined) throw jpegError("a quantisation table is missing");
    // Each block has a mean value, which takes a bit at least.
    const blocks = frame.components.reduce((sum, c) => sum + c.blocksWide * c.blocksHigh, 0);
    if (blocks / 2 > this.#bytes.length * 8) {
      throw jpegError(`${this.#bytes.length} bytes cannot hold ${frame.width}x${frame.height}`);
    }
    const coefficients = new Int16Array(blocksWide * blocksHigh * 64);
    this.#known[place] = new Int8Array(64).fill(-1);
    const component = { id, h, v, quantTable, blocksWide, blocksHigh, coefficients };
    this.#components[place] = component;
    return component;
  }

  /** Each bit of a frequency is told once, from the upper ones down. Source: ITU T.81, G.1.1.1. */
  #note(place: number, band: { from: number; to: number; low: number }, high: number): void {
    const { from, to, low } = band;
    const isBand = to <= 63 && from <= to && (from > 0 || to === 0 || !this.#frame!.isProgressive);
    if (!isBand || low > 13 || (high > 0 && high !== low + 1)) {
      throw jpegError("a scan header is damaged");
    }
    const known = this.#known[place]!;
    for (let k = from; k <= to; k++) {
      if (known[k] !== (high === 0 ? -1 : high)) throw jpegError("a scan comes out of order");
      known[k] = low;
    }
  }

  finish(trailer: Uint8Array): JpegCoefficients {
    const frame = this.#frame;
    if (frame === undefined) throw jpegError("it has no frame header");
    const { width, height, isProgressive, components } = frame;
    const isWhole = components.every((_, i) => (this.#known[i]?.[0] ?? -1) >= 0);
    if (!isWhole) throw jpegError("a component has no scan");
    const segments = this.#segments;
    const adobe = segments.map(readAdobeTransform).find((value) => value !== undefined);
    return {
      width,
      height,
      components: this.#components,
      adobeTransform: adobe,
      isProgressive,
      restartInterval: this.#restartInterval,
      segments,
      trailer,
    };
  }
}
