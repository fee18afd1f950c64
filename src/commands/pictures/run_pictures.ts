/**
 * One picture after the other, with progress, reports and an exit code.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, UserError } from "../../errors.ts";
import type { PictureJob } from "./picture_plan.ts";

/** What became of one picture. */
export interface PictureResult {
  readonly warnings: readonly string[];
}

/** Options of {@linkcode runPictures}. */
export interface RunPicturesOptions<R extends PictureResult> {
  readonly io: Pick<CommandIo, "signal" | "warn" | "json" | "log" | "report" | "progress">;
  /** Does one picture. A UserError fails this one alone, unless it says that the device is broken. */
  readonly work: (job: PictureJob) => Promise<R>;
  /** Says what was done, for a run of one picture. */
  readonly sentence: (result: R) => string;
  /** Where everything was written, for the summary. */
  readonly output: string | undefined;
  /** Failures before the work began. */
  readonly failedBefore: number;
}

/**
 * Works on pictures until they are done or Ctrl-C is pressed. One bad picture never stops the others.
 *
 * @returns 0 if all were done, 1 if some failed, 130 after Ctrl-C.
 * @throws {BackendError} If the device breaks; and whatever is no UserError.
 */
export async function runPictures<R extends PictureResult>(
  jobs: readonly PictureJob[],
  { io, work, sentence, output, failedBefore }: RunPicturesOptions<R>,
): Promise<number> {
  let failed = failedBefore;
  let done = 0;
  for (const job of jobs) {
    if (io.signal.aborted) break;
    try {
      const result = await work(job);
      done += 1;
      for (const warning of result.warnings) io.warn(warning);
      await io.json?.(result);
      if (jobs.length === 1) io.log(sentence(result));
    } catch (error) {
      if (io.signal.aborted) break;
      // A broken device spoils everything that follows, so it ends the run.
      if (!(error instanceof UserError) || error.exitCode === EXIT.unavailable) throw error;
      failed += 1;
      io.report(error);
      await io.json?.({ input: job.input, status: "failed", error: error.message });
    }
    io.progress.update({
      done: done + failed,
      total: jobs.length,
      unit: "images",
      text: job.input,
    });
  }
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
