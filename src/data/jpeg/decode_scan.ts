/**
 * One scan of a JPEG: goes through its blocks in the order of the file.
 * @module
 */
import {
  decodeAcFirst,
  decodeAcRefine,
  decodeDcFirst,
  decodeDcRefine,
  decodeSequentialBlock,
  type ScanBand,
} from "./decode_blocks.ts";
import type { JpegComponent } from "./jpeg_coefficients.ts";
import { jpegError, type ScanData } from "./marker_reader.ts";
import { type HuffmanLookup, ScanBits } from "./scan_bits.ts";
import { walkScan } from "./walk_scan.ts";

/** A component of {@linkcode decodeScan} and its tables. */
export interface ScanComponent {
  readonly component: JpegComponent;
  /** Undefined where the file has not defined it. */
  readonly dc: HuffmanLookup | undefined;
  /** Undefined where the file has not defined it. */
  readonly ac: HuffmanLookup | undefined;
}

/** A scan to decode. */
export interface CodedScan extends ScanBand {
  readonly components: readonly ScanComponent[];
  readonly isProgressive: boolean;
  /** True if upper bits are known already. */
  readonly isRefinement: boolean;
  /** Units between two restart markers, 0 if there are none. */
  readonly restartInterval: number;
  readonly data: ScanData;
}

/**
 * Reads the scan into the coefficients of its components.
 *
 * @param size Of the picture, and the largest sampling factors.
 * @throws {InputError} If the data is damaged or a table is missing.
 */
export function decodeScan(
  scan: CodedScan,
  size: { width: number; height: number; largestH: number; largestV: number },
): void {
  const { components, data, restartInterval } = scan;
  const bits = new ScanBits(data.data);
  const previous = new Int32Array(components.length);
  const decode = blockDecoder(scan);
  let skip = 0;
  let stretch = 0;
  let unitsLeft = restartInterval;
  bits.end = data.ends[0]!;
  const restart = () => {
    if (++stretch >= data.ends.length) {
      throw jpegError("a scan ends too early, the file is damaged");
    }
    bits.at = data.ends[stretch - 1]! * 8;
    bits.end = data.ends[stretch]!;
    previous.fill(0);
    skip = 0;
    unitsLeft = restartInterval;
  };
  walkScan(components.map(({ component }) => component), size, {
    unit: () => {
      if (restartInterval > 0 && unitsLeft-- === 0) {
        restart();
        unitsLeft--;
      }
    },
    block: (index, block) => {
      skip = decode(bits, index, block * 64, skip, previous);
    },
  });
}

/** Reads the block at `offset` of the scan's component `index`, and says how many blocks to skip. */
type BlockDecoder = (
  bits: ScanBits,
  index: number,
  offset: number,
  skip: number,
  previous: Int32Array,
) => number;

function blockDecoder(scan: CodedScan): BlockDecoder {
  const { components, isProgressive, isRefinement, from } = scan;
  const planes = components.map(({ component }) => component.coefficients);
  const dcTables = () => components.map(({ dc }) => dc ?? missing());
  const acTables = () => components.map(({ ac }) => ac ?? missing());
  if (!isProgressive) {
    const [dc, ac] = [dcTables(), acTables()];
    const tables = components.map((_, i) => ({ dc: dc[i]!, ac: ac[i]! }));
    return (bits, i, offset, skip, previous) => {
      previous[i] = decodeSequentialBlock(bits, tables[i]!, planes[i]!, offset, previous[i]!);
      return skip;
    };
  }
  if (from > 0) {
    const decode = isRefinement ? decodeAcRefine : decodeAcFirst;
    const [table, plane] = [acTables()[0]!, planes[0]!];
    return (bits, _, offset, skip) => decode(bits, table, scan, plane, offset, skip);
  }
  if (isRefinement) {
    return (bits, i, offset, skip) => {
      decodeDcRefine(bits, scan, planes[i]!, offset);
      return skip;
    };
  }
  const tables = dcTables();
  return (bits, i, offset, skip, previous) => {
    previous[i] = decodeDcFirst(bits, tables[i]!, scan, planes[i]!, offset, previous[i]!);
    return skip;
  };
}

function missing(): never {
  throw jpegError("a Huffman table is missing");
}
