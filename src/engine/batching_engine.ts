/**
 * An engine that runs what waits for it together.
 * @module
 */
import { BackendError, OutOfMemoryError } from "../errors.ts";
import { takeBatch } from "./take_batch.ts";
import type { ForwardRequest, NetworkEngine } from "./types.ts";

/** Options of {@linkcode batchingEngine}. */
export interface BatchingOptions {
  /** Most pixels of one batch; a larger request goes alone. */
  readonly mostPixels: number;
}

/** A run that waits. */
interface Waiting {
  readonly requests: readonly ForwardRequest[];
  readonly pixels: number;
  readonly resolve: (outputs: Float32Array[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Wraps an engine whose device does one batch after the other: while it works, further runs wait, and then go together
 * as one. Nobody waits for a batch to fill: an idle device begins at once.
 *
 * A batch that fails is taken apart, unless the device broke: each of its runs is tried alone.
 */
export function batchingEngine(
  engine: NetworkEngine,
  { mostPixels }: BatchingOptions,
): NetworkEngine {
  const queue: Waiting[] = [];
  let isBusy = false;

  const work = async () => {
    isBusy = true;
    while (queue.length > 0) {
      const batch = takeBatch(queue, { sizeOf: ({ pixels }) => pixels, most: mostPixels });
      await runTogether(engine, batch);
    }
    isBusy = false;
  };

  return {
    get name() {
      return engine.name;
    },
    run: (requests) =>
      new Promise((resolve, reject) => {
        const pixels = requests.reduce((sum, { height, width }) => sum + height * width, 0);
        queue.push({ requests, pixels, resolve, reject });
        if (!isBusy) work();
      }),
    close: () => engine.close(),
  };
}

/** Runs a batch and answers each of its runs; never fails itself. */
async function runTogether(engine: NetworkEngine, batch: readonly Waiting[]): Promise<void> {
  try {
    const outputs = await engine.run(batch.flatMap(({ requests }) => requests));
    let first = 0;
    for (const { requests, resolve } of batch) {
      resolve(outputs.slice(first, first + requests.length));
      first += requests.length;
    }
  } catch (error) {
    // A broken device fails all of them; anything else may be the fault of one.
    const isOfAll = error instanceof BackendError && !(error instanceof OutOfMemoryError);
    if (batch.length > 1 && !isOfAll) {
      for (const waiting of batch) await runTogether(engine, [waiting]);
    } else for (const { reject } of batch) reject(error);
  }
}
