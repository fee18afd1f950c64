/**
 * One connection of a download: asking for what is missing and taking it in.
 * @module
 */
import { InputError } from "../errors.ts";
import type { PartFile } from "./part_file.ts";

/** Answers that may be better a moment later. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/** How far a download is. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Undefined if the server does not say. */
  readonly totalBytes: number | undefined;
}

/** Why a connection ended too early. */
export interface Broken {
  readonly reason: string;
  /** True if another try is pointless. */
  readonly isFinal?: boolean;
  /** True if the server was not even reached. */
  readonly isOffline?: boolean;
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Options of {@linkcode fetchRest}. */
export interface FetchRestOptions {
  /** SHA-256 that will be checked in the end; then bytes may be taken up that the server cannot vouch for. */
  readonly sha256?: string | undefined;
  /** Called with each piece. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends the connection. */
  readonly signal?: AbortSignal;
  /** A connection that brings nothing for so long is given up, in milliseconds. @default 60,000 */
  readonly stallMs?: number;
}

/**
 * Gets what a part still lacks, by one connection.
 *
 * @returns Undefined if all is there, else why it is not.
 * @throws {InputError} If the disk is at fault.
 * @throws The signal's reason if it fires.
 */
export async function fetchRest(
  part: PartFile,
  url: string,
  { sha256, signal, onProgress, stallMs = 60_000 }: FetchRestOptions,
): Promise<Broken | undefined> {
  const isResumed = canResume(part, sha256);
  if (isResumed && part.receivedBytes === part.totalBytes) return undefined;
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), stallMs);
  };
  let response: Response | undefined;
  try {
    response = await fetch(url, {
      headers: requestHeaders(part, isResumed),
      signal: AbortSignal.any([stall.signal, ...(signal === undefined ? [] : [signal])]),
    });
    const broken = await takeUp(part, response, isResumed);
    if (broken !== undefined) return broken;
    const totalBytes = part.totalBytes ?? undefined;
    for await (const chunk of response.body ?? []) {
      alive();
      await part.append(chunk);
      onProgress?.({ receivedBytes: part.receivedBytes, totalBytes });
    }
    if (part.totalBytes === null || part.receivedBytes >= part.totalBytes) return undefined;
    return { reason: "connection was closed early" };
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    signal?.throwIfAborted();
    if (stall.signal.aborted) return { reason: `no data came for ${stallMs / 1000} s`, cause };
    return { ...networkFailure(cause, url), isOffline: response === undefined, cause };
  } finally {
    clearTimeout(timer);
    // Frees the connection where the body was not wanted.
    await response?.body?.cancel().catch(() => {});
  }
}

/** Old bytes are of use if the server can tell that they are still right, or the hash will. */
function canResume(part: PartFile, sha256: string | undefined): boolean {
  return part.receivedBytes > 0 && (part.validator !== null || sha256 !== undefined);
}

function requestHeaders(part: PartFile, isResumed: boolean): Record<string, string> {
  // A compressed answer would have other bytes than the file, and another size.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (!isResumed) return headers;
  headers["range"] = `bytes=${part.receivedBytes}-`;
  if (part.validator !== null) headers["if-range"] = part.validator;
  return headers;
}

/** Makes the part ready for the body of an answer. @returns what is wrong, if anything */
async function takeUp(
  part: PartFile,
  response: Response,
  isResumed: boolean,
): Promise<Broken | undefined> {
  const { status, headers } = response;
  if (status === 200) {
    await part.restart({ validator: validatorOf(headers), totalBytes: totalOf(headers) });
    return undefined;
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  const isSameFile = range?.[2] === "*" || part.totalBytes === null ||
    Number(range?.[2]) === part.totalBytes;
  const isRest = isResumed && Number(range?.[1]) === part.receivedBytes && isSameFile;
  if (status === 206 && isRest) return undefined;
  if (status === 416 || status === 206) {
    // Another file lies there by now, or the server counts strangely: begin anew.
    await part.restart({ validator: null, totalBytes: null });
    return { reason: "server does not have the range that is missing" };
  }
  return {
    reason: `server answers ${status} ${response.statusText}`.trim(),
    isFinal: !PASSING.includes(status),
  };
}

/** A strong ETag, or the date; weak ETags do not promise the same bytes. */
function validatorOf(headers: Headers): string | null {
  const etag = headers.get("etag");
  return etag !== null && !etag.startsWith("W/") ? etag : headers.get("last-modified");
}

function totalOf(headers: Headers): number | null {
  const text = headers.get("content-length");
  return text !== null && /^\d+$/.test(text) && !headers.has("content-encoding")
    ? Number(text)
    : null;
}

function networkFailure(error: unknown, url: string): Pick<Broken, "reason" | "hint"> {
  if (error instanceof Deno.errors.NotCapable) {
    return {
      reason: "network access is not allowed",
      hint: `Start the program with --allow-net=${new URL(url).host}`,
    };
  }
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const text = (inner instanceof Error ? inner.message : String(inner)).split(" (os error")[0]!;
  // The system's words stand behind the last colon: "connection refused".
  const reason = text.split(": ").at(-1)!;
  return {
    reason: `${new URL(url).host}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
    hint: "Check the connection to the network",
  };
}
