/**
 * Pictures in their order, several in the works at once, with progress, reports and an exit code.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, UserError } from "../../errors.ts";
import { createBudget } from "./budget.ts";
import { STANDARD_STREAM } from "./list_inputs.ts";
import type { PictureJob } from "./picture_plan.ts";

/** What became of one picture. */
export interface PictureResult {
  readonly warnings: readonly string[];
  /** "done before" is counted apart. */
  readonly status?: string;
  /** Present if the result was proven; those are counted. */
  readonly verified?: string;
  /** Hands the result on; called in the order of the pictures, before anything is told of it. */
  readonly deliver?: () => Promise<void>;
}

/** What the work on one picture is told. */
export interface PictureTurn {
  /** Fires at Ctrl-C, and when the run ends because the device broke. */
  readonly signal: AbortSignal;
  /**
   * Waits until a picture of that many pixels fits in. The next picture is begun only after this, so what comes before
   * is done by one picture at a time, in their order: the header, the place of the output.
   */
  readonly admit: (pixels: number) => Promise<void>;
}

/** Options of {@linkcode runPictures}. */
export interface RunPicturesOptions<R extends PictureResult> {
  readonly io: Pick<CommandIo, "signal" | "warn" | "json" | "log" | "report" | "progress">;
  /** Does one picture. A UserError fails this one alone, unless it says that the device is broken. */
  readonly work: (job: PictureJob, turn: PictureTurn) => Promise<R>;
  /** Says what was done, for a run of one picture. */
  readonly sentence: (result: R) => string;
  /** Where everything was written, for the summary. */
  readonly output: string;
  /**
   * What has happened to those that did not fail, for the summary.
   * @default "done"
   */
  readonly doneWord?: string;
  /** Failures before the work began. */
  readonly failedBefore: number;
  /**
   * Pictures in all, if that is known before.
   * @default the length of a list
   */
  readonly total?: number;
  /**
   * True begins no more pictures after one that failed.
   * @default false
   */
  readonly failFast?: boolean;
  /** Is told what became of each, in their order. */
  readonly onOutcome?: (job: PictureJob, outcome: Outcome<R>) => Promise<void>;
  /**
   * Most pictures that are begun and not yet reported.
   * @default 1
   */
  readonly inFlight?: number;
  /**
   * Most pixels of all pictures in the works together; a larger picture goes alone.
   * @default 64_000_000, at some 16 bytes each 1 GB
   */
  readonly pixelsInFlight?: number;
}

/** How the work on a picture ended. */
export type Outcome<R> = { readonly result: R } | { readonly error: unknown };

/**
 * Works on pictures until they are done or Ctrl-C is pressed. One bad picture never stops the others.
 *
 * Whatever finishes first, reports, warnings, JSON and progress come in the order of the jobs. After Ctrl-C or a broken
 * device nothing is begun; what is in the works is waited for: it notices the signal, or it is finished and counts.
 *
 * @param jobs A list, or a stream whose next picture is asked for when there is room for it.
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {BackendError} If the device breaks; and whatever is no UserError.
 */
export async function runPictures<R extends PictureResult>(
  jobs: readonly PictureJob[] | AsyncIterable<PictureJob>,
  options: RunPicturesOptions<R>,
): Promise<number> {
  const { io, work, sentence, output, inFlight = 1, pixelsInFlight = 64_000_000 } = options;
  const { failFast = false, onOutcome, doneWord = "done" } = options;
  const total = options.total ?? ("length" in jobs ? jobs.length : undefined);
  const broken = new AbortController();
  const signal = AbortSignal.any([io.signal, broken.signal]);
  const [pictures, pixels] = [createBudget(inFlight), createBudget(pixelsInFlight)];
  let failed = options.failedBefore;
  let done = 0;
  let doneBefore = 0;
  let verified = 0;
  const hints = new Set<string>();
  let fatal: { readonly error: unknown } | undefined;
  const ending = new AbortController();
  let lost: unknown;

  /** Resolves when the next picture may begin; the outcome comes later. */
  async function begin(job: PictureJob): Promise<{ outcome: Promise<Outcome<R>> }> {
    const admitted = Promise.withResolvers<void>();
    let leave = () => {};
    const admit = async (size: number) => {
      leave = await pixels.take(size);
      admitted.resolve();
    };
    const outcome = work(job, { signal, admit })
      .then((result) => ({ result }), (error: unknown) => {
        if (failFast || isFatal(error)) ending.abort();
        return { error };
      })
      .finally(() => leave());
    await Promise.race([admitted.promise, outcome]);
    return { outcome };
  }

  /** Says each piece of advice once: of a thousand pictures with one fault it would hide the rest. */
  function withNewHint(error: UserError): UserError {
    const { message, hint } = error;
    if (hint === undefined || !hints.has(hint)) {
      if (hint !== undefined) hints.add(hint);
      return error;
    }
    return new UserError(message);
  }

  /**
   * Hands on a result; what it fails of is the picture's failure. What takes the results throws the same again once it is
   * broken: that is told once, and nothing more is begun.
   */
  async function deliver(outcome: Outcome<R>): Promise<Outcome<R> | undefined> {
    if (!("result" in outcome) || outcome.result.deliver === undefined) return outcome;
    try {
      await outcome.result.deliver();
      return outcome;
    } catch (error) {
      if (isFatal(error)) throw error;
      if (failFast || error === lost) ending.abort();
      if (error === lost) return undefined;
      lost = error;
      return { error };
    }
  }

  async function report(job: PictureJob, made: Outcome<R>): Promise<void> {
    const outcome = await deliver(made);
    if (outcome === undefined) return;
    if ("result" in outcome) {
      const { result } = outcome;
      if (result.verified !== undefined) verified += 1;
      if (result.status === "done before") doneBefore += 1;
      else done += 1;
      for (const warning of result.warnings) io.warn(warning);
      await io.json?.(result);
      if (total === 1) io.log(sentence(result));
    } else {
      const { error } = outcome;
      if (signal.aborted) return; // dropped, not failed
      if (!(error instanceof UserError) || isFatal(error)) throw error;
      failed += 1;
      io.report(withNewHint(error));
      const input = job.input === STANDARD_STREAM ? "standard input" : job.input;
      const { message, hint } = error;
      await io.json?.({ input, status: "failed", error: message, ...(hint && { hint }) });
    }
    await onOutcome?.(job, outcome);
    io.progress.update({
      ...{ done: done + doneBefore + failed, total },
      ...{ unit: "images", text: job.input },
    });
  }

  /** What pictures come from is broken: those before it count. */
  async function reportBreak(error: unknown): Promise<void> {
    if (isFatal(error)) fatal ??= { error };
    else if (error instanceof UserError) await report(BROKEN_SOURCE, { error });
  }

  let reported = Promise.resolve();
  const source = iterate(jobs);
  for (;;) {
    const leave = await pictures.take(1);
    if (signal.aborted || ending.signal.aborted) break;
    const next = await nextOf(source, AbortSignal.any([signal, ending.signal]));
    if (next === undefined) break;
    if ("error" in next) {
      reported = reported.then(() => reportBreak(next.error));
      break;
    }
    const { job } = next;
    const { outcome } = await begin(job);
    reported = reported
      .then(async () => await report(job, await outcome))
      .catch((error) => {
        fatal ??= { error };
        broken.abort();
      })
      .finally(leave);
  }
  await reported;
  // A stream that still waits for its next picture would hold the program.
  void source.return?.();
  if (fatal !== undefined) throw fatal.error;
  // Failures before the work began, such as a link to nothing, are no pictures of the list but count.
  const of = total === undefined ? "" : ` of ${total + options.failedBefore}`;
  const summary = [
    `${done}${of} ${of === "" && done === 1 ? "image" : "images"} ${doneWord}`,
    ...doneBefore > 0 ? [`${doneBefore} done before`] : [],
    ...verified > 0 ? [`${verified} verified`] : [],
    ...failed > 0 ? [`${failed} failed`] : [],
  ].join(", ");
  if (io.signal.aborted) {
    io.progress.finish(`interrupted: ${summary}`);
    return EXIT.interrupted;
  }
  const isSingle = total === 1 && options.failedBefore === 0;
  io.progress.finish(isSingle ? undefined : `${summary}: "${output}"`);
  return failed > 0 ? EXIT.someFailed : EXIT.done;
}

/** Stands for a stream of pictures that cannot be read any further. */
const BROKEN_SOURCE: PictureJob = {
  ...{ input: STANDARD_STREAM, stem: "stdin", mask: [], output: { kind: "stdout" } },
};

type Source = Iterator<PictureJob> | AsyncIterator<PictureJob>;

function iterate(jobs: readonly PictureJob[] | AsyncIterable<PictureJob>): Source {
  return "length" in jobs ? jobs[Symbol.iterator]() : jobs[Symbol.asyncIterator]();
}

/** The next picture, what went wrong with the stream of them, or undefined at its end or when the signal fires. */
async function nextOf(
  source: Source,
  signal: AbortSignal,
): Promise<{ readonly job: PictureJob } | { readonly error: unknown } | undefined> {
  const stopped = Promise.withResolvers<undefined>();
  const stop = () => stopped.resolve(undefined);
  signal.addEventListener("abort", stop);
  try {
    const next = await Promise.race([source.next(), stopped.promise]);
    return next === undefined || next.done === true ? undefined : { job: next.value };
  } catch (error) {
    return { error };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** A broken device spoils everything that follows, so it ends the run; so does a bug. */
function isFatal(error: unknown): boolean {
  return !(error instanceof UserError) || error.exitCode === EXIT.unavailable;
}
