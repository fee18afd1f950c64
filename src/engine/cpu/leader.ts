/**
 * Questions to the CPU engine's threads, and their answers.
 * @module
 */
import { BackendError, OutOfMemoryError } from "../../errors.ts";
import type { ForwardRequest } from "../types.ts";
import type { EngineAnswer, EngineJob, EngineStart } from "./engine_messages.ts";
import { type JobSlot, SlotPool } from "./job_slot.ts";

/** The leader of a crew of threads, as the main thread talks to it. */
export interface Leader {
  /** Gives it the network, once. */
  readonly start: (message: EngineStart, transfer: Transferable[]) => Promise<void>;
  /** Has it run the network; jobs are done one after the other. */
  readonly run: (request: ForwardRequest) => Promise<Float32Array>;
  /** Ends all that is waiting, and all that comes later, with an error. */
  readonly fail: (error: Error) => void;
}

/**
 * Talks to threads that are starting. A failure of any of them fails everything.
 *
 * @param workers The leader first.
 */
export function openLeader(workers: readonly Worker[]): Leader {
  const waiting = new Map<
    number | undefined,
    { resolve: () => void; reject: (error: Error) => void }
  >();
  let failure: Error | undefined;
  /** Ends all that is waiting and all that comes later. */
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const expect = (id: number | undefined) =>
    new Promise<void>((resolve, reject) => waiting.set(id, { resolve, reject }));
  workers.forEach((worker, index) => {
    worker.onmessage = ({ data }: MessageEvent<EngineAnswer>) => {
      // After a bug nobody knows what the threads are at.
      const isAlone = data.kind === "failed" &&
        (index > 0 || !waiting.has(data.id) || data.reason === "bug");
      if (isAlone) return fail(toError(data));
      const id = data.kind === "ready" ? undefined : data.id;
      const promise = waiting.get(id);
      waiting.delete(id);
      if (data.kind === "failed") promise?.reject(toError(data));
      else promise?.resolve();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(new BackendError(`A thread of the CPU engine failed: ${event.message}`));
    };
  });
  const ask = async (
    id: number | undefined,
    message: EngineStart | EngineJob,
    transfer: Transferable[],
  ) => {
    if (failure !== undefined) throw failure;
    const answer = expect(id);
    workers[0]!.postMessage(message, transfer);
    await answer;
  };
  const slots = new SlotPool();
  let jobs = 0;
  return {
    start: (message, transfer) => ask(undefined, message, transfer),
    async run(request) {
      const id = ++jobs;
      const slot = putRequest(slots, request);
      await ask(id, { kind: "run", id, slot }, []);
      return slots.take(slot);
    },
    fail,
  };
}

/** Copies a request to where the leader finds it. */
function putRequest(slots: SlotPool, request: ForwardRequest): JobSlot {
  try {
    return slots.put(request);
  } catch (cause) {
    if (
      !(cause instanceof RangeError && /allocation failed|array buffer length/i.test(cause.message))
    ) {
      throw cause;
    }
    const { height, width } = request;
    throw new OutOfMemoryError(
      `Cannot run the network on the CPU: a picture of ${width}x${height} does not fit into memory`,
      { cause, hint: "Give a smaller --tile" },
    );
  }
}

function toError({ message, hint, reason }: EngineAnswer & { kind: "failed" }): Error {
  const options = hint === undefined ? {} : { hint };
  switch (reason) {
    case "memory":
      return new OutOfMemoryError(message, options);
    case "device":
      return new BackendError(message, options);
    case "bug":
      return new Error(message);
  }
}
