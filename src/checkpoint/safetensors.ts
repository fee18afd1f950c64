/**
 * Reads and writes the safetensors format: 8 bytes header length (little endian), a JSON header, raw data.
 *
 * Reading is strict, so that a damaged file ends in one clear sentence and never in wrong numbers.
 * @module
 */
import { WeightsError } from "../errors.ts";
import { shown } from "./shown.ts";

/** Data of a tensor. F16 is read as Float32Array, because tfjs has no half floats. */
export type TensorData = Float32Array | Float64Array | Float16Array | Int32Array | Uint8Array;

/** A tensor outside tfjs, row-major. */
export interface NamedArray {
  /** Sizes by axis; empty for a scalar. */
  readonly shape: readonly number[];
  /** As many values as the product of `shape`. */
  readonly data: TensorData;
}

/** What a safetensors file holds. */
export interface Safetensors {
  /** In the order of the header. */
  readonly tensors: Map<string, NamedArray>;
  /** The `__metadata__` entry; empty if the file has none. */
  readonly metadata: Record<string, string>;
}

/** Options of {@linkcode decodeSafetensors}. */
export interface DecodeSafetensorsOptions {
  /** What error messages call the file. */
  name: string;
}

/** Where a tensor lies in the file, as the header says. */
interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Byte offsets into the data part, end exclusive. */
  readonly begin: number;
  readonly end: number;
}

/** How numbers of one data type lie in a file. */
interface Dtype {
  readonly bytes: number;
  readonly view: (buffer: ArrayBuffer, start: number, length: number) => TensorData;
}

const DTYPES: Readonly<Record<string, Dtype>> = {
  F64: { bytes: 8, view: (...place) => new Float64Array(...place) },
  F32: { bytes: 4, view: (...place) => new Float32Array(...place) },
  I32: { bytes: 4, view: (...place) => new Int32Array(...place) },
  F16: { bytes: 2, view: (...place) => new Float32Array(new Float16Array(...place)) },
  U8: { bytes: 1, view: (...place) => new Uint8Array(...place) },
};

const METADATA_KEY = "__metadata__";

/** Limit of the reference reader; a larger number means that the file is something else. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Writes tensors as a safetensors file.
 *
 * Tensors are ordered by item size, largest first, then by name, and metadata by key: the same content
 * gives the same bytes, and every tensor is aligned to its item size.
 *
 * @param tensors Arrays by name; the data type follows from the kind of array.
 * @param metadata Free text by key.
 * @throws {RangeError} If a name is reserved or a shape does not fit its data.
 *
 * Source: huggingface/safetensors, README.md "Format" and safetensors/src/tensor.rs.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, NamedArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort(([nameA, a], [nameB, b]) =>
    b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || compareText(nameA, nameB)
  );
  const header: [string, unknown][] = [];
  const keys = Object.keys(metadata).sort(compareText);
  if (keys.length > 0) {
    header.push([METADATA_KEY, Object.fromEntries(keys.map((key) => [key, metadata[key]]))]);
  }
  let size = 0;
  for (const [name, { shape, data }] of ordered) {
    if (name === METADATA_KEY) throw new RangeError(`Cannot write tensor "${name}": reserved name`);
    const count = shape.reduce((product, side) => product * side, 1);
    if (count !== data.length || shape.some((side) => !Number.isSafeInteger(side) || side < 0)) {
      throw new RangeError(
        `Cannot write tensor "${name}": data has ${data.length} values, shape [${shape}] needs ${count}`,
      );
    }
    const begin = size;
    size += data.byteLength;
    header.push([name, { dtype: dtypeOf(data), shape, data_offsets: [begin, size] }]);
  }
  const json = new TextEncoder().encode(stringifyEntries(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes);
  bytes.set(json, 8);
  let offset = 8 + headerBytes;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file that is already in memory; the arrays lie in its memory where they are aligned there, else they are copies.
 *
 * @throws {WeightsError} If anything in the file is not as the format demands, or the data type is not one
 * of F64, F32, I32, F16, U8.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  options: DecodeSafetensorsOptions,
): Safetensors {
  const refuse: Refuse = (problem, cause) => {
    throw new WeightsError(`Cannot read weights "${options.name}": ${problem}`, { cause });
  };
  const { header, dataStart } = readHeader(bytes, refuse);
  const { [METADATA_KEY]: rawMetadata, ...rest } = header;
  const metadata = readMetadata(rawMetadata, refuse);
  const entries = Object.entries(rest).map(([name, value]) => readEntry(name, value, refuse));
  checkCoverage(entries, bytes.length - dataStart, refuse);
  const tensors = new Map<string, NamedArray>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const start = bytes.byteOffset + dataStart + begin;
    const { view, bytes: itemBytes } = DTYPES[dtype]!;
    // Typed arrays demand alignment; where the file has it, as all that are written here, nothing is copied.
    const data = start % itemBytes === 0
      ? view(bytes.buffer as ArrayBuffer, start, (end - begin) / itemBytes)
      : view(bytes.slice(dataStart + begin, dataStart + end).buffer, 0, (end - begin) / itemBytes);
    tensors.set(name, { shape, data });
  }
  return { tensors, metadata };
}

/** Ends the reading with a sentence about the file. */
type Refuse = (problem: string, cause?: unknown) => never;

/** Finds and parses the JSON header. */
function readHeader(
  bytes: Uint8Array,
  refuse: Refuse,
): { header: Record<string, unknown>; dataStart: number } {
  const fail: Refuse = (problem, cause) => {
    const format = foreignFormat(bytes);
    refuse(format === undefined ? problem : `file is ${format}, must be safetensors`, cause);
  };
  if (bytes.length === 0) fail("file is empty");
  if (bytes.length < 8) fail(`file has ${bytes.length} bytes, must have at least 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stated = view.getBigUint64(0, true);
  if (stated > MAX_HEADER_BYTES) {
    fail(`header is said to have ${stated} bytes, must have at most ${MAX_HEADER_BYTES}`);
  }
  const headerBytes = Number(stated);
  if (headerBytes > bytes.length - 8) {
    fail(`file ends inside the header, after ${bytes.length - 8} of ${headerBytes} bytes`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      bytes.subarray(8, 8 + headerBytes),
    );
    const header: unknown = JSON.parse(text);
    if (isRecord(header)) return { header, dataStart: 8 + headerBytes };
  } catch (cause) {
    fail("header is not JSON in UTF-8", cause);
  }
  return fail("header is not a JSON object");
}

/** Names a well-known format that is not safetensors, from the first bytes. */
function foreignFormat(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  if (start.startsWith("PK\x03\x04")) return "a zip archive (perhaps a PyTorch .pth or .pt file)";
  if (start.startsWith("\x89HDF\r\n")) return "HDF5 (perhaps a Keras .h5 file)";
  if (start.startsWith("\x80\x02")) return "a Python pickle (perhaps an old PyTorch .pth file)";
  if (start.startsWith("\x1f\x8b")) return "gzip";
  if (start.startsWith("version https://git-lfs")) return "a Git LFS pointer without the data";
  if (start.startsWith("\xff\xd8\xff")) return "a JPEG image";
  if (start.startsWith("\x89PNG\r\n")) return "a PNG image";
  return /^\s*<(!doctype|html)/i.test(start) ? "a web page" : undefined;
}

/** Checks that metadata is text by key. */
function readMetadata(value: unknown, refuse: Refuse): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) return refuse("metadata is not a JSON object");
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") refuse(`metadata ${shown(key)} is not text`);
  }
  return value as Record<string, string>;
}

/** Checks one tensor entry of the header by itself. */
function readEntry(name: string, value: unknown, refuse: Refuse): Entry {
  if (!isRecord(value)) return refuse(`header entry of tensor ${shown(name)} is not a JSON object`);
  const { dtype, shape, data_offsets: offsets } = value;
  const known = typeof dtype === "string" && Object.hasOwn(DTYPES, dtype)
    ? DTYPES[dtype]
    : undefined;
  if (known === undefined) {
    const names = Object.keys(DTYPES).join(", ");
    return refuse(
      `tensor ${shown(name)} has data type ${shown(dtype)}, must be one of ${names}`,
    );
  }
  if (!isCounts(shape)) {
    return refuse(`tensor ${shown(name)} has shape ${shown(shape)}, must be a list of sizes`);
  }
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[1]! < offsets[0]!) {
    return refuse(
      `tensor ${shown(name)} has offsets ${shown(offsets)}, must be [begin, end]`,
    );
  }
  const [begin, end] = offsets as [number, number];
  const wanted = shape.reduce((product, side) => product * side, known.bytes);
  if (wanted !== end - begin) {
    refuse(
      `tensor ${shown(name)} has ${end - begin} bytes, ${dtype} of shape ${
        shown(shape)
      } needs ${wanted}`,
    );
  }
  return { name, dtype: dtype as string, shape, begin, end };
}

/** Checks that the tensors fill the data part without gap, overlap or rest. */
function checkCoverage(entries: readonly Entry[], dataBytes: number, refuse: Refuse): void {
  let position = 0;
  for (
    const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)
  ) {
    if (end > dataBytes) {
      refuse(
        `file ends inside tensor ${shown(name)}: data has ${dataBytes} bytes, must have ${end}`,
      );
    }
    if (begin !== position) {
      const problem = begin < position ? "overlaps another tensor" : "leaves a gap";
      refuse(
        `tensor ${shown(name)} ${problem}: starts at byte ${begin}, must start at ${position}`,
      );
    }
    position = end;
  }
  if (position !== dataBytes) {
    refuse(`data has ${dataBytes} bytes, tensors need ${position}`);
  }
}

/** Safetensors name of an array's data type. */
function dtypeOf(data: TensorData): string {
  if (data instanceof Float32Array) return "F32";
  if (data instanceof Float64Array) return "F64";
  if (data instanceof Float16Array) return "F16";
  return data instanceof Int32Array ? "I32" : "U8";
}

/** A JSON object in the given order; an object literal would move names such as "1" to the front. */
function stringifyEntries(entries: readonly (readonly [string, unknown])[]): string {
  const parts = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${parts.join(",")}}`;
}

/** Order by code unit, the same under every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True for a JSON object. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a list of integers from 0 up. */
function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
