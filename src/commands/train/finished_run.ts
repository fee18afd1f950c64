/**
 * Whether a run that is resumed has anything left to do.
 * @module
 */
import { join } from "node:path";
import { readMetadata } from "../../checkpoint/checkpoint.ts";
import { hasState } from "../../report/run_facts.ts";
import { namesIn, RUN_FILES } from "./run_folder.ts";

/** What {@linkcode isFinished} needs of a run. */
export interface FinishedRun {
  readonly folder: string;
  readonly task: { readonly steps: number };
  readonly state: { readonly step: number };
}

/**
 * True if a folder holds the run at its last step, with all that belongs to it. A report of a run that is done is
 * written last, so one that was killed before is not finished yet.
 */
export async function isFinished({ folder, task, state }: FinishedRun): Promise<boolean> {
  if (state.step < task.steps) return false;
  const { checkpoint, weights, report } = RUN_FILES;
  const names = await namesIn(folder);
  if (![checkpoint, weights, report].every((name) => names.includes(name))) return false;
  const metadata = await readMetadata(join(folder, checkpoint));
  return Number(metadata?.["step"]) === state.step &&
    hasState(await Deno.readTextFile(join(folder, report)), "done");
}
