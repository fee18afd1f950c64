/**
 * Pictures that come into a folder while one watches.
 * @module
 */
import { InputError, UserError } from "../../errors.ts";
import { maskFileOf } from "./mask_source.ts";
import type { PictureJob } from "./picture_plan.ts";

/** Options of {@linkcode watchJobs}. */
export interface WatchJobsOptions {
  /** Plans the folder as it is now. */
  readonly plan: () => Promise<readonly PictureJob[]>;
  /** True for a picture that should wait: its mask is not there yet. */
  readonly isWaiting: (job: PictureJob) => boolean;
  /** Is told why the folder cannot be planned; once, until it can be again. The watch goes on. */
  readonly onTrouble: (error: UserError) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /**
   * Milliseconds between two looks; what has not changed between two of them is taken for complete.
   * @default 1000
   */
  readonly everyMs?: number;
}

/**
 * Gives each picture once it and its mask have stopped to grow, and again whenever one of them is changed. Looking is by listing, which every
 * file system can, those over a network too.
 */
export async function* watchJobs(
  { plan, isWaiting, onTrouble, signal, everyMs = 1000 }: WatchJobsOptions,
): AsyncGenerator<PictureJob> {
  /** What a file was at the last look, and what it was when it was given. */
  const seen = new Map<string, string>();
  const given = new Map<string, string>();
  let trouble = "";
  /** A folder that is away for a while, or a mask folder, is like an empty one. */
  const planOrNothing = async () => {
    try {
      const jobs = await plan();
      trouble = "";
      return jobs;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.message !== trouble) onTrouble(error);
      trouble = error.message;
      return [];
    }
  };
  while (!signal.aborted) {
    const present = new Set<string>();
    for (const job of await planOrNothing()) {
      // A picture with several masks has several results.
      const key = `${job.input}\n${job.stem}`;
      present.add(key);
      const state = await stateOf(job);
      const isCalm = state !== undefined && seen.get(key) === state;
      if (state !== undefined) seen.set(key, state);
      if (!isCalm || given.get(key) === state || isWaiting(job)) continue;
      given.set(key, state);
      yield job;
      if (signal.aborted) return;
    }
    for (const key of [...seen.keys()].filter((key) => !present.has(key))) {
      seen.delete(key);
      given.delete(key);
    }
    await pause(everyMs, signal);
  }
}

/** Size and time of a picture and its mask; undefined if one of them is gone or empty. */
async function stateOf({ input, mask }: PictureJob): Promise<string | undefined> {
  const file = mask instanceof InputError ? undefined : maskFileOf(mask);
  const states = await Promise.all([input, file ?? []].flat().map(stateOfFile));
  return states.includes(undefined) ? undefined : states.join(", ");
}

async function stateOfFile(path: string): Promise<string | undefined> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info === undefined || info.size === 0
    ? undefined
    : `${info.size} ${info.mtime?.getTime()}`;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = () => resolve();
  signal.addEventListener("abort", stop);
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
}
