/**
 * An engine that survives the loss of its device.
 * @module
 */
import { BackendError, DeviceLostError, OutOfMemoryError } from "../errors.ts";
import type { NetworkEngine } from "./types.ts";

/** Options of {@linkcode reopeningEngine}. */
export interface ReopeningOptions {
  /** Opens a fresh device with the network on it. */
  readonly open: () => Promise<NetworkEngine>;
  /** Takes the line that says that a device was lost and another one took over. */
  readonly log: (line: string) => void;
}

/**
 * Opens an engine. When its device is lost in the middle of a run, a fresh one is opened and that run is repeated, once;
 * runs that overlapped it share the fresh device.
 *
 * A device whose memory ran out is not trusted any more either: the run still fails with `OutOfMemoryError`, for the
 * caller to try smaller pieces, and those find a fresh device.
 *
 * @throws {BackendError} From a run, if the device is lost and no fresh one opens, or that one is lost as well.
 */
export async function reopeningEngine({ open, log }: ReopeningOptions): Promise<NetworkEngine> {
  let current = await open();
  let opening: Promise<NetworkEngine> | undefined;
  let isClosed = false;

  /** The engine that took the place of a failed one; opened by the first run that asks. */
  const replace = async (failed: NetworkEngine): Promise<NetworkEngine> => {
    if (opening === undefined && current !== failed) return current;
    opening ??= (async () => {
      failed.close();
      current = await open();
      if (isClosed) current.close();
      return current;
    })().finally(() => opening = undefined);
    return await opening;
  };

  return {
    get name() {
      return current.name;
    },
    async run(requests) {
      const engine = await (opening ?? current);
      try {
        return await engine.run(requests);
      } catch (error) {
        if (isClosed) throw error;
        // Refused before anything was tried, it has no cause, and the device is fine.
        if (error instanceof OutOfMemoryError && error.cause !== undefined) {
          await replace(engine);
          throw error;
        }
        if (!(error instanceof DeviceLostError)) throw error;
        return await runAgain(engine, requests, error);
      }
    },
    close() {
      isClosed = true;
      current.close();
    },
  };

  async function runAgain(
    lost: NetworkEngine,
    requests: Parameters<NetworkEngine["run"]>[0],
    loss: DeviceLostError,
  ): Promise<Float32Array[]> {
    let fresh: NetworkEngine;
    try {
      fresh = await replace(lost);
    } catch (cause) {
      throw new BackendError(`${loss.message}; no other device opens`, {
        cause,
        hint: "Run with --device cpu",
      });
    }
    log(`${loss.message}; going on with a fresh device: ${fresh.name}`);
    try {
      return await fresh.run(requests);
    } catch (cause) {
      if (!(cause instanceof DeviceLostError)) throw cause;
      throw new BackendError(`${loss.message}, and a fresh one was lost as well`, {
        cause,
        hint: "Run with --device cpu",
      });
    }
  }
}
