/**
 * Fetches large files over HTTP.
 * @module
 */
import { InputError } from "../errors.ts";
import { type Broken, type DownloadProgress, fetchRest } from "./download_connection.ts";
import { hashFile, openPart } from "./part_file.ts";

/** Options of {@linkcode download}. */
export interface DownloadOptions {
  /** Where the file shall be; one that exists is replaced. */
  readonly path: string;
  /** SHA-256 that it must have, hexadecimal, or the first digits of it. @default unchecked */
  readonly sha256?: string | undefined;
  /** Called with each piece. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Stops the download; what came so far is kept for the next. */
  readonly signal?: AbortSignal;
  /** A connection that brings nothing for so long is given up, in milliseconds. @default 60,000 */
  readonly stallMs?: number;
  /** Connections in a row that may break before it fails. @default 5 */
  readonly attempts?: number;
  /** Pause before the second connection, in milliseconds; doubled for each further one. @default 1,000 */
  readonly retryMs?: number;
}

/** A download that is complete. */
export interface Downloaded {
  /** Hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Bytes that were there from an earlier run. */
  readonly resumedBytes: number;
}

/** A connection that brought at least so much was no failure. */
const WORTHWHILE_BYTES = 1 << 16;

/**
 * Downloads a file. Its name appears when it is complete and its hash is right, not before. A broken download goes on
 * where it stopped, in this run or a later one, if the server can do so and still has the same content. Nothing is
 * fetched if the file is there and has the hash.
 *
 * @throws {InputError} If the address, the server, the connection, the content or the disk is at fault. After a wrong
 * hash nothing is left behind, after everything else the part that came.
 * @throws The signal's reason if it fires.
 *
 * Source: RFC 9110, sections 13 and 14 (If-Range, Range, Content-Range).
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  const { path, sha256, attempts = 5, retryMs = 1000, signal } = options;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new InputError(`Cannot download "${url}": address must begin with http:// or https://`);
  }
  const there = sha256 === undefined ? undefined : await findComplete(path, sha256);
  if (there !== undefined) return there;
  const part = await openPart(path, url);
  let isOpen = true;
  try {
    const startBytes = part.receivedBytes;
    for (let failures = 0;;) {
      const before = part.receivedBytes;
      const broken = await fetchRest(part, url, options);
      if (broken === undefined) break;
      // Without a network the user wants to know at once; a network that was there may come back.
      const isHopeless = broken.isOffline === true && part.receivedBytes === startBytes;
      // A server that took up the thread and then lost it again deserves another try.
      failures = part.receivedBytes - before >= WORTHWHILE_BYTES ? 1 : failures + 1;
      if (broken.isFinal || isHopeless || failures >= attempts) {
        throw failure(url, broken, part.receivedBytes);
      }
      await pause(retryMs * 2 ** (failures - 1), signal);
    }
    const actual = await part.digest();
    const { receivedBytes: sizeBytes, resumedBytes } = part;
    isOpen = false;
    if (sha256 !== undefined && !actual.startsWith(sha256.toLowerCase())) {
      await part.discard();
      throw new InputError(
        `Cannot use download "${url}": SHA-256 of its ${sizeBytes} bytes is ${actual}, ` +
          `must be ${sha256.length < 64 ? "one that begins with " : ""}${sha256.toLowerCase()}`,
        { hint: "The file was removed; another run fetches it anew" },
      );
    }
    await part.finish();
    return { sha256: actual, sizeBytes, resumedBytes };
  } finally {
    if (isOpen && part.receivedBytes > 0) part.close();
    else if (isOpen) await part.discard();
  }
}

/** The file of an earlier download, if it has the hash. */
async function findComplete(path: string, sha256: string): Promise<Downloaded | undefined> {
  try {
    using file = await Deno.open(path);
    const [sizeBytes, hash] = await hashFile(file);
    const actual = hash.digest("hex");
    const isRight = actual.startsWith(sha256.toLowerCase());
    return isRight ? { sha256: actual, sizeBytes, resumedBytes: sizeBytes } : undefined;
  } catch {
    return undefined; // there is none, or it cannot be read: it is fetched, and writing tells the rest
  }
}

function failure(url: string, { reason, hint, cause }: Broken, receivedBytes: number): InputError {
  const kept = receivedBytes > 0
    ? `Run the command again: it goes on after the ${receivedBytes} bytes that came`
    : undefined;
  const advice = kept ?? hint;
  return new InputError(`Cannot download "${url}": ${reason}`, {
    cause,
    ...(advice === undefined ? {} : { hint: advice }),
  });
}

/** Waits, unless the signal fires. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop, { once: true });
  });
}
