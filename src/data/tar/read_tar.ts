/**
 * The files of a tar stream, one after the other.
 * @module
 */
import { createTarDecoder } from "modern-tar";
import { InputError } from "../../errors.ts";
import { findUnsafeName } from "./member_name.ts";
import { holdEnd } from "./hold_end.ts";
import type { RefusedMember, TarMember } from "./tar_member.ts";

/** Options of {@linkcode readTar}. */
export interface ReadTarOptions {
  /** Name for messages. */
  readonly name: string;
  /**
   * Members that are wanted, by name; the others are passed over without being held.
   * @default all
   */
  readonly isWanted?: (name: string) => boolean;
  /**
   * Largest member in bytes, compared with what its header declares.
   * @default 1 GiB
   */
  readonly maxBytes?: number;
}

/** True if bytes begin like a gzip stream. */
export function isGzipStart(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
}

/**
 * True if bytes are the first header of a tar archive: 512 bytes whose checksum is right.
 *
 * Source: POSIX.1-2017, pax, "ustar Interchange Format": the sum of all bytes, those of the checksum itself as spaces.
 */
export function isTarStart(start: Uint8Array): boolean {
  if (start.length < 512) return false;
  const text = String.fromCharCode(...start.subarray(148, 156));
  const stored = /^ *([0-7]+)[ \0]/.exec(text)?.[1];
  if (stored === undefined) return false;
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : start[i]!;
  return sum === parseInt(stored, 8);
}

/**
 * Reads a tar stream: ustar, pax and GNU long names. One member is in memory at a time.
 *
 * Folders are passed over. Links, devices, names that lead out of the archive and members above the limit come as refused.
 *
 * @throws {InputError} If the stream is no tar, is damaged or cut short.
 */
export async function* readTar(
  stream: ReadableStream<Uint8Array>,
  { name, isWanted = () => true, maxBytes = 2 ** 30 }: ReadTarOptions,
): AsyncGenerator<TarMember | RefusedMember> {
  // What came whole before a stream breaks off is given.
  const { stream: held, taking, release } = holdEnd(stream);
  const entries = held.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (;;) {
      const { done, value: entry } = await taking(entries.read());
      if (done) return;
      const { header, body } = entry;
      const { type = "file", size, mtime = new Date(0), mode = 0o644 } = header;
      const path = header.name.replace(/^(\.\/)+/, "");
      const refusal = type === "directory" || !isWanted(path)
        ? undefined
        : refusalOf(path, { type, size, maxBytes });
      if (type === "directory" || !isWanted(path) || refusal !== undefined) {
        await taking(body.cancel());
        if (refusal !== undefined) yield { name: header.name, refusal };
        continue;
      }
      const bytes = new Uint8Array(await taking(new Response(body).arrayBuffer()));
      yield { name: path, bytes, modified: mtime, mode };
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      `Cannot read ${JSON.stringify(name)} as a tar archive: it is damaged or cut short (${
        reason.split("\n")[0]
      })`,
      { cause },
    );
  } finally {
    // Whoever stops in the middle need not read the rest.
    release();
    await entries.cancel().catch(() => {});
  }
}

function refusalOf(
  name: string,
  { type, size, maxBytes }: { type: string; size: number; maxBytes: number },
): string | undefined {
  if (type !== "file") return `it is a ${type}, must be a file`;
  if (size > maxBytes) return `it has ${size} bytes, must have at most ${maxBytes}`;
  return findUnsafeName(name);
}
