/**
 * Standard input: one picture, or a tar archive of many.
 * @module
 */
import { isGzipStart, isTarStart } from "../../data/tar/read_tar.ts";

/** What standard input turned out to be. */
export type StdinSource =
  | { readonly kind: "picture"; readonly read: () => Promise<Uint8Array> }
  /** Not compressed any more. */
  | { readonly kind: "tar"; readonly stream: ReadableStream<Uint8Array> };

/** Bytes of a tar header. */
const HEADER = 512;

/**
 * Looks at the beginning of a stream; nothing of it is lost. A compressed stream is taken for a compressed archive.
 *
 * @param stream Is read from until its first 512 bytes are there.
 */
export async function openStdin(stream: ReadableStream<Uint8Array>): Promise<StdinSource> {
  const { start, whole } = await peek(stream);
  if (isTarStart(start)) return { kind: "tar", stream: whole };
  if (isGzipStart(start)) {
    const unpacked = whole.pipeThrough(new DecompressionStream("gzip") as GzipStream);
    const inner = await peek(unpacked);
    if (isTarStart(inner.start)) return { kind: "tar", stream: inner.whole };
    // No archive: what it is instead is said by who reads it as a picture.
    return { kind: "picture", read: () => Promise.resolve(start) };
  }
  return { kind: "picture", read: () => new Response(whole).bytes() };
}

/** The platform's type wants buffers that are not shared, which no stream of ours carries. */
type GzipStream = ReadableWritablePair<Uint8Array, Uint8Array>;

/** Reads the first bytes and gives the stream anew. */
async function peek(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isDone = false;
  while (length < HEADER && !isDone) {
    // A damaged compressed stream is one that ends here.
    const next = await reader.read().catch(() => ({ done: true, value: undefined }));
    isDone = next.done;
    if (next.value === undefined) continue;
    chunks.push(next.value);
    length += next.value.length;
  }
  const start = new Uint8Array(Math.min(length, HEADER));
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, HEADER - at);
    start.set(part, at);
    at += part.length;
    if (at === start.length) break;
  }
  const whole = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
  return { start, whole };
}
