/**
 * A web server of one file on 127.0.0.1, as good or as bad as a test wants it.
 * @module
 */

/** How the server behaves; each field may be changed between requests. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  content: Uint8Array;
  /** Null for none. @default '"one"' */
  etag: string | null;
  /** Whether Range is heeded. @default true */
  ranges: boolean;
  /** Breaks each answer off after so many bytes. @default never */
  breakAfter: number;
  /** Hangs each answer after so many bytes. @default never */
  hangAfter: number;
  /** Announces the size. @default true */
  tellsSize: boolean;
  /** Answers with this status and nothing else, once for each. */
  readonly statuses: number[];
  /** Rewrites the Content-Range of partial answers. @default as is */
  contentRange: (text: string) => string;
  /** The headers of all requests so far. */
  readonly requests: Headers[];
}

/** Starts one. */
export function serveFile(content: Uint8Array, name = "file.bin"): FileServer {
  const stop = new AbortController();
  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      signal: stop.signal,
      onListen: () => {},
      onError: () => new Response(),
    },
    ({ headers }) => answer(state, headers, stop.signal),
  );
  const state: FileServer = {
    url: `http://127.0.0.1:${server.addr.port}/${name}`,
    content,
    etag: '"one"',
    ranges: true,
    breakAfter: Infinity,
    hangAfter: Infinity,
    tellsSize: true,
    statuses: [],
    contentRange: (text) => text,
    requests: [],
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await server.finished;
    },
  };
  return state;
}

function answer(state: FileServer, asked: Headers, end: AbortSignal): Response {
  state.requests.push(asked);
  const status = state.statuses.shift();
  if (status !== undefined) return new Response(null, { status });
  const { content, etag } = state;
  const isSame = !asked.has("if-range") || asked.get("if-range") === etag;
  const from = state.ranges && isSame
    ? Number(/^bytes=(\d+)-$/.exec(asked.get("range") ?? "")?.[1] ?? 0)
    : 0;
  const headers = new Headers(etag === null ? {} : { etag });
  if (from >= content.length && from > 0) {
    headers.set("content-range", `bytes */${content.length}`);
    return new Response(null, { status: 416, headers });
  }
  const body = content.subarray(from);
  if (state.tellsSize) headers.set("content-length", String(body.length));
  if (from > 0) {
    const range = `bytes ${from}-${content.length - 1}/${content.length}`;
    headers.set("content-range", state.contentRange(range));
  }
  return new Response(streamOf(body, state, end), { status: from > 0 ? 206 : 200, headers });
}

/** A body in pieces of a thousand bytes. */
function streamOf(
  body: Uint8Array,
  { breakAfter, hangAfter }: FileServer,
  end: AbortSignal,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= hangAfter) {
        await new Promise((resolve) => end.addEventListener("abort", resolve, { once: true }));
      }
      // The bytes before must have left, or the reader would see none of them.
      if (at >= breakAfter) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return controller.close();
      }
      if (at >= body.length) return controller.close();
      const next = Math.min(at + 1000, body.length, breakAfter > at ? breakAfter : Infinity);
      controller.enqueue(body.slice(at, next));
      at = next;
    },
  });
}
