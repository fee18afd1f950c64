/**
 * The end of a stream, held back until what came before it has been taken.
 * @module
 */

/** A stream whose end waits. */
export interface HeldStream {
  readonly stream: ReadableStream<Uint8Array>;
  /**
   * Waits for something that is made of the stream. Once the stream has ended, and nothing came of this waiting in a turn
   * of the event loop, there is nothing left to come, and the end is let through.
   */
  readonly taking: <T>(something: Promise<T>) => Promise<T>;
  /** Lets the end through, for whoever takes nothing more. */
  readonly release: () => void;
}

/**
 * Holds back the end of a stream, or the error that it ends with. A stream that fails forgets what is queued in it: so a
 * decoder that is told of a cut-short source too early drops what was whole.
 */
export function holdEnd(source: ReadableStream<Uint8Array>): HeldStream {
  const reader = source.getReader();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let hasEnded = false;
  /** What is waited for now; nobody waits for two things. */
  let waiting: object | undefined;
  const releaseIfNothingComes = () => {
    const own = waiting;
    if (!hasEnded || own === undefined) return;
    setTimeout(() => {
      if (waiting === own) release();
    });
  };
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await reader.read().catch((error: unknown) => ({ error }));
      if ("value" in next && next.value !== undefined) return controller.enqueue(next.value);
      hasEnded = true;
      releaseIfNothingComes();
      await released;
      if ("error" in next) controller.error(next.error);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
  return {
    stream,
    async taking(something) {
      waiting = {};
      releaseIfNothingComes();
      try {
        return await something;
      } finally {
        waiting = undefined;
      }
    },
    release,
  };
}
