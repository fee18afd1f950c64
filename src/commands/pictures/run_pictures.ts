/**
 * Pictures in their order, several in the works at once, with progress, reports and an exit code.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, UserError } from "../../errors.ts";
import { createBudget } from "./budget.ts";
import type { PictureJob } from "./picture_plan.ts";

/** What became of one picture. */
export interface PictureResult {
  readonly warnings: readonly string[];
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
  readonly output: string | undefined;
  /** Failures before the work began. */
  readonly failedBefore: number;
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
type Outcome<R> = { readonly result: R } | { readonly error: unknown };

/**
 * Works on pictures until they are done or Ctrl-C is pressed. One bad picture never stops the others.
 *
 * Whatever finishes first, reports, warnings, JSON and progress come in the order of the jobs. After Ctrl-C or a broken
 * device nothing is begun; what is in the works is waited for: it notices the signal, or it is finished and counts.
 *
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {BackendError} If the device breaks; and whatever is no UserError.
 */
export async function runPictures<R extends PictureResult>(
  jobs: readonly PictureJob[],
  options: RunPicturesOptions<R>,
): Promise<number> {
  const { io, work, sentence, output, inFlight = 1, pixelsInFlight = 64_000_000 } = options;
  const broken = new AbortController();
  const signal = AbortSignal.any([io.signal, broken.signal]);
  const [pictures, pixels] = [createBudget(inFlight), createBudget(pixelsInFlight)];
  let failed = options.failedBefore;
  let done = 0;
  let fatal: { readonly error: unknown } | undefined;
  let isEnding = false;

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
        isEnding ||= isFatal(error);
        return { error };
      })
      .finally(() => leave());
    await Promise.race([admitted.promise, outcome]);
    return { outcome };
  }

  async function report(job: PictureJob, outcome: Outcome<R>): Promise<void> {
    if ("result" in outcome) {
      const { result } = outcome;
      done += 1;
      for (const warning of result.warnings) io.warn(warning);
      await io.json?.(result);
      if (jobs.length === 1) io.log(sentence(result));
    } else {
      const { error } = outcome;
      if (signal.aborted) return; // dropped, not failed
      if (!(error instanceof UserError) || isFatal(error)) throw error;
      failed += 1;
      io.report(error);
      await io.json?.({ input: job.input, status: "failed", error: error.message });
    }
    const total = jobs.length;
    io.progress.update({ done: done + failed, total, unit: "images", text: job.input });
  }

  let reported = Promise.resolve();
  for (const job of jobs) {
    const leave = await pictures.take(1);
    if (signal.aborted || isEnding) break;
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
  if (fatal !== undefined) throw fatal.error;
  const summary = `${done} of ${jobs.length} images done`;
  if (io.signal.aborted) {
    io.progress.finish(`interrupted: ${summary}`);
    return EXIT.interrupted;
  }
  io.progress.finish(
    jobs.length === 1
      ? undefined
      : `${summary}${failed > 0 ? `, ${failed} failed` : ""}: "${output}"`,
  );
  return failed > 0 ? EXIT.someFailed : EXIT.done;
}

/** A broken device spoils everything that follows, so it ends the run; so does a bug. */
function isFatal(error: unknown): boolean {
  return !(error instanceof UserError) || error.exitCode === EXIT.unavailable;
}
