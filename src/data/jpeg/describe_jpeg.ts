/**
 * What a JPEG says about the way it was made.
 * @module
 */
import { type FrameHeader, readFrameHeader, readQuantTables } from "./frame_header.ts";
import { estimateIjgQuality } from "./ijg_quality.ts";
import {
  IMAGE_END,
  IMAGE_START,
  jpegError,
  readAdobeTransform,
  readMarker,
  SCAN_START,
} from "./marker_reader.ts";
import { largestFactors } from "./walk_scan.ts";

/** How often colour is sampled; "other" for what has no usual name. */
export type DescribedSubsampling = "4:4:4" | "4:2:2" | "4:2:0" | "4:4:0" | "grey" | "other";

/** Facts from the markers before the first scan. */
export interface JpegDescription {
  /** Stored width in pixels. */
  readonly width: number;
  /** Stored height in pixels. */
  readonly height: number;
  /** 1 to 100 as the Independent JPEG Group scales it: the quality whose tables lie nearest. */
  readonly quality: number;
  /** True if the tables are exactly those of that quality, as libjpeg and its kin write them. */
  readonly isQualityExact: boolean;
  readonly subsampling: DescribedSubsampling;
  readonly isProgressive: boolean;
  /** 1, 3 or 4. */
  readonly components: number;
  /** Byte `transform` of an Adobe segment, undefined without one. */
  readonly adobeTransform: number | undefined;
}

/**
 * Reads quality, sampling and kind; the picture itself is not looked at.
 *
 * @throws {InputError} If the markers are damaged or the file is of a kind that is not read.
 */
export function describeJpeg(bytes: Uint8Array): JpegDescription {
  if (bytes[0] !== 0xff || bytes[1] !== IMAGE_START) throw jpegError("it does not begin like one");
  const tables: (Uint16Array | undefined)[] = [];
  let frame: FrameHeader | undefined;
  let adobeTransform: number | undefined;
  for (let at = 2;;) {
    const marker = readMarker(bytes, at);
    const { content, end } = marker;
    at = end;
    if (marker.marker === SCAN_START) break;
    if (marker.marker === IMAGE_END) throw jpegError("it has no scan");
    if (marker.marker === 0xdb) readQuantTables(content, tables);
    const isFrame = marker.marker >= 0xc0 && marker.marker <= 0xcf &&
      marker.marker !== 0xc4 && marker.marker !== 0xcc;
    if (isFrame) frame = readFrameHeader(marker.marker, content);
    adobeTransform ??= readAdobeTransform(marker);
  }
  if (frame === undefined) throw jpegError("it has no frame header");
  const used = frame.components.slice(0, 2).map(({ quantId }) => tables[quantId]);
  const known = used.filter((table) => table !== undefined);
  if (known.length < used.length) throw jpegError("a quantisation table is missing");
  // One table for everything is luminance's.
  const isShared = known[1]?.every((step, k) => step === known[0]![k]) ?? true;
  const { quality, isExact } = estimateIjgQuality(isShared ? [known[0]!] : known);
  return {
    width: frame.width,
    height: frame.height,
    quality,
    isQualityExact: isExact,
    subsampling: nameSubsampling(frame),
    isProgressive: frame.isProgressive,
    components: frame.components.length,
    adobeTransform,
  };
}

const NAMES: Readonly<Record<string, DescribedSubsampling>> = {
  "1x1": "4:4:4",
  "2x1": "4:2:2",
  "2x2": "4:2:0",
  "1x2": "4:4:0",
};

/** The first component has all pixels, the two of colour have equal parts of them. */
function nameSubsampling({ components }: FrameHeader): DescribedSubsampling {
  if (components.length === 1) return "grey";
  const { largestH, largestV } = largestFactors(components);
  const shares = components.map(({ h, v }) => `${largestH / h}x${largestV / v}`);
  const isUsual = shares[0] === "1x1" && shares[1] === shares[2] &&
    (shares[3] ?? "1x1") === "1x1";
  return (isUsual ? NAMES[shares[1]!] : undefined) ?? "other";
}
