/**
 * Reads zip archives that are in memory, as PyTorch writes them: stored or deflated, zip64 or not.
 * @module
 */
import { crc32 } from "node:zlib";
import { ByteCursor } from "./byte_cursor.ts";
import { shown } from "../shown.ts";
import { type Refuse, refuseWeights } from "./refusal.ts";
import { unpackedLimit } from "./unpacked_limit.ts";

/** A file in the archive, as the central directory tells it. */
export interface ZipEntry {
  readonly name: string;
  /** Size of the content. */
  readonly sizeBytes: number;
  /** Size in the archive. */
  readonly storedBytes: number;
}

/** An archive that was opened. */
export interface ZipArchive {
  /** By name, in the order of the directory. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /**
   * Reads a file; its checksum is compared.
   *
   * @returns A view of the archive if the file is stored, else new bytes.
   * @throws {WeightsError} If there is no such file, or it is damaged.
   */
  read(name: string): Promise<Uint8Array>;
}

/** Options of {@linkcode openZip}. */
export interface OpenZipOptions {
  /** What messages call the file. */
  readonly name: string;
}

interface StoredEntry extends ZipEntry {
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly headerAt: number;
}

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;
/** Stands for "see the zip64 field". */
const FULL = 0xffffffff;
/** Deflate cannot do better: https://www.zlib.net/zlib_tech.html */
const BEST_RATIO = 1032;

/**
 * Opens an archive. Nothing is allocated by a size that the archive only claims.
 *
 * @throws {WeightsError} If the directory is damaged.
 *
 * Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3.
 */
export function openZip(bytes: Uint8Array, { name }: OpenZipOptions): ZipArchive {
  const refuse = refuseWeights(name);
  const entries = readDirectory(bytes, refuse);
  let room = unpackedLimit(bytes.length);
  return {
    entries,
    read: async (path) => {
      const entry = entries.get(path) ?? refuse(`archive has no file ${shown(path)}`);
      room -= entry.method === STORED ? 0 : entry.sizeBytes;
      if (room < 0) {
        refuse(
          `archive is said to unpack to much more than it has: ${shown(path)} alone ` +
            `to ${entry.sizeBytes} bytes of ${bytes.length}`,
        );
      }
      const stored = storedBytesOf(bytes, entry, refuse);
      const content = entry.method === STORED ? stored : await inflate(stored, entry, refuse);
      if (content.length !== entry.sizeBytes) {
        refuse(`${shown(path)} has ${content.length} bytes, must have ${entry.sizeBytes}`);
      }
      if (crc32(content) !== entry.crc) {
        refuse(`${shown(path)} is damaged: its checksum is wrong`, {
          hint: "Fetch the file again",
        });
      }
      return content;
    },
  };
}

function readDirectory(bytes: Uint8Array, refuse: Refuse): Map<string, StoredEntry> {
  const { count, at } = findDirectory(bytes, refuse);
  // Each entry takes at least that many bytes, so a large count is a lie.
  if (count * DIRECTORY_BYTES > bytes.length - at) {
    refuse(`archive is said to have ${count} files, more than fit into it`);
  }
  const cursor = new ByteCursor(bytes, refuse, at);
  const entries = new Map<string, StoredEntry>();
  for (let index = 0; index < count; index++) {
    const entry = readEntry(cursor, refuse);
    if (entries.has(entry.name)) refuse(`archive has two files ${shown(entry.name)}`);
    entries.set(entry.name, entry);
  }
  return entries;
}

/** Finds the end record, which stands before a comment of any length. */
function findDirectory(bytes: Uint8Array, refuse: Refuse): { count: number; at: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lowest = Math.max(0, bytes.length - END_BYTES - 0xffff);
  for (let end = bytes.length - END_BYTES; end >= lowest; end--) {
    const isEnd = view.getUint32(end, true) === END_SIGNATURE &&
      end + END_BYTES + view.getUint16(end + 20, true) === bytes.length;
    if (!isEnd) continue;
    const locator = end - 20;
    if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64_SIGNATURE) {
      return { count: view.getUint16(end + 10, true), at: view.getUint32(end + 16, true) };
    }
    const end64 = new ByteCursor(bytes, refuse, locator + 8).u64();
    const cursor = new ByteCursor(bytes, refuse, end64);
    if (cursor.u32() !== END64_SIGNATURE) refuse("zip64 directory is damaged");
    cursor.take(28);
    const count = cursor.u64();
    cursor.take(8);
    return { count, at: cursor.u64() };
  }
  return refuse("zip archive has no directory: file is cut off or damaged", {
    hint: "Fetch the file again",
  });
}

function readEntry(cursor: ByteCursor, refuse: Refuse): StoredEntry {
  if (cursor.u32() !== DIRECTORY_SIGNATURE) refuse("zip directory is damaged");
  cursor.take(4);
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.take(4);
  const crc = cursor.u32();
  const [stored, size] = [cursor.u32(), cursor.u32()];
  const [nameBytes, extraBytes, commentBytes] = [cursor.u16(), cursor.u16(), cursor.u16()];
  cursor.take(8);
  const header = cursor.u32();
  const name = new TextDecoder().decode(cursor.take(nameBytes));
  const wide = readWideSizes(cursor.take(extraBytes), refuse);
  cursor.take(commentBytes);
  // The field holds only the sizes that did not fit, in this order.
  const next = (value: number) =>
    value < FULL ? value : wide.shift() ?? refuse(`zip entry ${shown(name)} lacks its size`);
  const [sizeBytes, storedBytes, headerAt] = [next(size), next(stored), next(header)];
  return { name, sizeBytes, storedBytes, headerAt, method, flags, crc };
}

/** The 64-bit sizes among the extra fields. */
function readWideSizes(extra: Uint8Array, refuse: Refuse): number[] {
  const cursor = new ByteCursor(extra, refuse);
  const sizes: number[] = [];
  while (extra.length - cursor.at >= 4) {
    const [id, length] = [cursor.u16(), cursor.u16()];
    const isWide = id === 1;
    const field = new ByteCursor(cursor.take(length), refuse);
    while (isWide && length - field.at >= 8) sizes.push(field.u64());
  }
  return sizes;
}

/** The bytes of an entry as the archive has them. */
function storedBytesOf(bytes: Uint8Array, entry: StoredEntry, refuse: Refuse): Uint8Array {
  const { name, method, flags, headerAt, storedBytes } = entry;
  if ((flags & IS_ENCRYPTED) !== 0) refuse(`${shown(name)} is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    refuse(`${shown(name)} is compressed by method ${method}, must be stored or deflated`);
  }
  const cursor = new ByteCursor(bytes, refuse, Math.min(headerAt, bytes.length));
  if (cursor.u32() !== LOCAL_SIGNATURE) refuse(`zip entry ${shown(name)} is damaged`);
  cursor.take(22);
  cursor.take(cursor.u16() + cursor.u16());
  return cursor.take(storedBytes);
}

/** Unpacks no further than the stated size. */
async function inflate(
  stored: Uint8Array,
  { name, sizeBytes }: ZipEntry,
  refuse: Refuse,
): Promise<Uint8Array> {
  if (sizeBytes > stored.length * BEST_RATIO) {
    refuse(
      `${shown(name)} is said to unpack to ${sizeBytes} bytes, more than ${stored.length} can`,
    );
  }
  const content = new Uint8Array(sizeBytes);
  let at = 0;
  try {
    const packed = new Blob([stored as Uint8Array<ArrayBuffer>]).stream();
    for await (const chunk of packed.pipeThrough(new DecompressionStream("deflate-raw"))) {
      if (chunk.length > sizeBytes - at) throw new RangeError("it has more bytes than stated");
      content.set(chunk, at);
      at += chunk.length;
    }
  } catch (cause) {
    refuse(`${shown(name)} cannot be unpacked`, { cause });
  }
  return content.subarray(0, at);
}
