/**
 * A file that is still on its way: the bytes so far, their hash, and what is needed to go on later.
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { dirname } from "node:path";
import { InputError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";

/** Stored beside the bytes, so that a later process goes on with the same content and no other. */
interface PartNote {
  readonly url: string;
  /** ETag or date by which the server tells whether the content is still the same; null if it gave none. */
  readonly validator: string | null;
  /** Size of the whole, null if the server did not say. */
  readonly totalBytes: number | null;
}

/** An open part. Only one process has it at a time. */
export interface PartFile {
  /** Bytes so far. */
  readonly receivedBytes: number;
  /** Those of them that an earlier process left. */
  readonly resumedBytes: number;
  /** As the server gave them; null if it did not, or there is no part yet. */
  readonly validator: string | null;
  readonly totalBytes: number | null;
  /** Adds bytes at the end. */
  append(chunk: Uint8Array): Promise<void>;
  /** Drops all bytes and remembers what the server says of those to come. */
  restart(note: { validator: string | null; totalBytes: number | null }): Promise<void>;
  /** Waits until the disk has all bytes. @returns their SHA-256, hexadecimal */
  digest(): Promise<string>;
  /** Gives the file its final name; the part is closed then. */
  finish(): Promise<void>;
  /** Removes all traces; the part is closed then. */
  discard(): Promise<void>;
  /** Leaves everything for a later process. */
  close(): void;
}

/**
 * Opens the part of a file: `<path>.part`, with a note `<path>.part.json`. Bytes of an earlier process are taken up if
 * they came from the same address.
 *
 * @param path Final name of the file; missing folders are made.
 * @throws {InputError} If it cannot be written, or another process has it.
 */
export async function openPart(path: string, url: string): Promise<PartFile> {
  const [partPath, notePath] = [`${path}.part`, `${path}.part.json`];
  const orRefuse = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      throw new InputError(`Cannot write ${JSON.stringify(partPath)}: ${reasonOf(cause)}`, {
        cause,
      });
    }
  };
  await orRefuse(Deno.mkdir(dirname(path), { recursive: true }));
  const file = await orRefuse(Deno.open(partPath, { read: true, write: true, create: true }));
  let note = await readNote(notePath, url);
  let [receivedBytes, hash] = [0, createHash("sha256")];
  try {
    if (!await orRefuse(file.tryLock(true))) {
      throw new InputError(`Cannot write ${JSON.stringify(partPath)}: another process writes it`);
    }
    if (note === undefined) await orRefuse(file.truncate(0));
    else [receivedBytes, hash] = await orRefuse(hashFile(file));
  } catch (error) {
    file.close();
    throw error;
  }
  let resumedBytes = receivedBytes;
  const removeNote = () => Deno.remove(notePath).catch(() => {});
  return {
    get receivedBytes() {
      return receivedBytes;
    },
    get resumedBytes() {
      return resumedBytes;
    },
    get validator() {
      return note?.validator ?? null;
    },
    get totalBytes() {
      return note?.totalBytes ?? null;
    },
    append: async (chunk) => {
      for (let at = 0; at < chunk.length;) {
        at += await orRefuse(file.write(chunk.subarray(at)));
      }
      hash.update(chunk);
      receivedBytes += chunk.length;
    },
    restart: async ({ validator, totalBytes }) => {
      await orRefuse(file.truncate(0));
      await orRefuse(file.seek(0, Deno.SeekMode.Start));
      [receivedBytes, resumedBytes, hash] = [0, 0, createHash("sha256")];
      note = { url, validator, totalBytes };
      await orRefuse(Deno.writeTextFile(notePath, JSON.stringify(note)));
    },
    digest: async () => {
      await orRefuse(file.sync());
      return hash.copy().digest("hex");
    },
    finish: async () => {
      file.close();
      await orRefuse(Deno.rename(partPath, path));
      await removeNote();
    },
    discard: async () => {
      file.close();
      await removeNote();
      await orRefuse(Deno.remove(partPath));
    },
    close: () => file.close(),
  };
}

/** Reads an open file to its end. @returns its size and its SHA-256 so far */
export async function hashFile(file: Deno.FsFile): Promise<[number, Hash]> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(1 << 20);
  let size = 0;
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    hash.update(buffer.subarray(0, count));
    size += count;
  }
  return [size, hash];
}

/** Undefined if there is no sound note about that address: then the bytes are of no use. */
async function readNote(path: string, url: string): Promise<PartNote | undefined> {
  try {
    const note = JSON.parse(await Deno.readTextFile(path));
    const isSound = note.url === url &&
      (note.validator === null || typeof note.validator === "string") &&
      (note.totalBytes === null || Number.isSafeInteger(note.totalBytes));
    return isSound ? note : undefined;
  } catch {
    return undefined;
  }
}
