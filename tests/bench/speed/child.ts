/**
 * A contender in a process of its own, so that backends, threads and allocators of one never meet those of another.
 * While one runs, the others wait for a line of text.
 *
 * The child first says `{"about": "..."}` or `{"error": "..."}`. Then each line it gets has one line as answer:
 * `{"do": "prepare", "workload": {...}}` and `{"do": "save", "path": "..."}` are answered with `{"ok": true}`, the
 * first of them perhaps with a better `about`, `{"do": "run"}` with `{"ms": 12.3}`, any of them with `{"error": "..."}`.
 * @module
 */
import { textLineStream } from "./text_lines.ts";
import type { Workload } from "./workload.ts";

/** An open child. */
export interface Child {
  /** Library, version, threads, device; or why it is not there. */
  readonly about: string;
  /** False if it could not be opened; nothing may be asked then. */
  readonly isThere: boolean;
  /** @throws {Error} If the contender cannot do it. */
  prepare(workload: Workload): Promise<void>;
  /** @returns Milliseconds. */
  run(): Promise<number>;
  /** Writes the output of the last run as raw float32. */
  save(path: string): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  readonly about?: string;
  readonly ms?: number;
  readonly error?: string;
}

/** Starts a contender; one that does not start is answered for with the reason. */
export async function openChild(command: readonly string[]): Promise<Child> {
  const [program, ...args] = command;
  let process: Deno.ChildProcess;
  try {
    process = new Deno.Command(program!, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      env: { XDG_RUNTIME_DIR: "/tmp" },
    }).spawn();
  } catch (error) {
    return absent((error as Error).message);
  }
  const errors = lastWords(process.stderr);
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(textLineStream())
    .getReader();
  const writer = process.stdin.getWriter();
  const next = async (): Promise<Answer> => {
    for (;;) {
      const { value, done } = await lines.read();
      if (done) return { error: `the process ended: ${errors()}` };
      // Libraries write there too.
      if (value.startsWith("{")) return JSON.parse(value) as Answer;
    }
  };
  const ask = async (request: unknown): Promise<Answer> => {
    await writer.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
    const answer = await next();
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };
  const close = async () => {
    await writer.close().catch(() => {});
    await process.status;
  };
  const hello = await next();
  if (hello.about === undefined) {
    await close();
    return absent(hello.error ?? "it said nothing");
  }
  let about = hello.about;
  return {
    get about() {
      return about;
    },
    isThere: true,
    prepare: async (workload) => {
      about = (await ask({ do: "prepare", workload })).about ?? about;
    },
    run: async () => (await ask({ do: "run" })).ms!,
    save: async (path) => void await ask({ do: "save", path }),
    close,
  };
}

function absent(reason: string): Child {
  const refuse = () => Promise.reject(new Error(reason));
  const close = () => Promise.resolve();
  return {
    ...{ about: `not there: ${reason}`, isThere: false },
    ...{ prepare: refuse, run: refuse, save: refuse, close },
  };
}

/** Keeps the end of what a process writes to its standard error. */
function lastWords(stream: ReadableStream<Uint8Array<ArrayBuffer>>): () => string {
  let text = "";
  (async () => {
    for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
      text = (text + piece).slice(-2000);
    }
  })();
  return () => text.trim().split("\n").at(-1) ?? "";
}
