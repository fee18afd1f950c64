/**
 * Threads that decode and encode pictures, so that the thread of the network need not.
 * @module
 */
import { InputError } from "../errors.ts";
import { ownedBuffers } from "./owned_buffers.ts";
import { localCodec, type PictureCodec } from "./picture_codec.ts";
import type { FromPictureWorker, PictureFailure, PictureRequest } from "./picture_messages.ts";

/** A codec whose work is done in threads. */
export interface PictureWorkers extends PictureCodec {
  /** Ends the threads; calls not yet answered are rejected, later ones too. */
  close(): void;
}

/** Options of {@linkcode openPictureWorkers}. */
export interface OpenPictureWorkersOptions {
  /** Most threads; 0 works in this one. Each is started when there is work that no other is free for. */
  readonly count: number;
  /**
   * Starts a thread.
   * @default one of `picture_worker.ts`
   */
  readonly start?: () => Worker;
}

/** A call that waits for a thread, or for the answer of one. */
interface Call {
  readonly request: PictureRequest;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Opens a pool of threads. Calls are taken up in the order in which they come, each by the first thread that is free;
 * results are the bytes that `localCodec` gives. Buffers are moved, not copied.
 *
 * Errors arrive as InputError or RangeError with their message and hint, without cause. A thread that dies fails the
 * call it was at and is replaced.
 *
 * @throws {RangeError} If `count` is no whole number of at least 0.
 */
export function openPictureWorkers(
  { count, start = startWorker }: OpenPictureWorkersOptions,
): PictureWorkers {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(
      `Cannot open picture workers: count is ${count}, must be a whole number of at least 0`,
    );
  }
  if (count === 0) return { ...localCodec, close() {} };
  const waiting: Call[] = [];
  const busy = new Map<Worker, Call>();
  const idle: Worker[] = [];
  let isClosed = false;

  function open(): Worker {
    const worker = start();
    const lose = (reason: string) => {
      const call = busy.get(worker);
      busy.delete(worker);
      worker.terminate();
      call?.reject(new Error(`Cannot work on a picture: a worker failed with: ${reason}`));
      next();
    };
    worker.onmessage = ({ data }: MessageEvent<FromPictureWorker>) => {
      const call = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      if (data.kind === "answer") call?.resolve(data.value);
      else call?.reject(errorOf(data));
      next();
    };
    worker.onerror = (event) => {
      event.preventDefault(); // the error is ours now; unhandled it would end the program
      lose(event.message);
    };
    worker.onmessageerror = () => lose("a message was damaged");
    return worker;
  }

  /** Gives waiting calls to threads. */
  function next(): void {
    while (waiting.length > 0 && busy.size < count && !isClosed) {
      const call = waiting.shift()!;
      const worker = idle.pop() ?? open();
      try {
        worker.postMessage(call.request, ownedBuffers(call.request.args));
        busy.set(worker, call);
      } catch (error) {
        idle.push(worker); // it was told nothing
        call.reject(error);
      }
    }
  }

  async function ask(request: PictureRequest): Promise<unknown> {
    if (isClosed) throw closedError();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.push({ request, resolve, reject });
    next();
    return await promise;
  }

  // A worker answers each kind with the type that the codec promises; the compiler cannot follow that.
  const call = <K extends keyof PictureCodec>(kind: K) =>
    ((...args: Parameters<PictureCodec[K]>) =>
      ask({ kind, args } as PictureRequest)) as PictureCodec[K];

  return {
    decode: call("decode"),
    readHoles: call("readHoles"),
    encode: call("encode"),
    patch: call("patch"),
    close() {
      isClosed = true;
      const workers = [...busy.keys(), ...idle];
      const calls = [...busy.values(), ...waiting];
      busy.clear();
      idle.length = 0;
      waiting.length = 0;
      for (const worker of workers) worker.terminate();
      for (const { reject } of calls) reject(closedError());
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL("./picture_worker.ts", import.meta.url), { type: "module" });
}

function errorOf({ name, message, hint }: PictureFailure): Error {
  if (name === "InputError") return new InputError(message, hint === undefined ? {} : { hint });
  return name === "RangeError" ? new RangeError(message) : new Error(message);
}

function closedError(): Error {
  return new Error("Cannot work on a picture: the workers are closed");
}
