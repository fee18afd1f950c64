/**
 * `pconv eval`.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { evalMode } from "./eval_mode.ts";

/**
 * Scores methods, or does one of the works beside it: a study, a comparison, a merge.
 *
 * @returns 0 if all went well, 1 if something could not be evaluated, 130 after Ctrl-C.
 * @throws {UserError} If flags contradict each other, or files, weights or the device cannot be used.
 */
export async function evaluate(parsed: ParsedOptions<"eval">, io: CommandIo): Promise<number> {
  switch (evalMode(parsed)) {
    case "score":
      return await (await import("./score_run.ts")).scoreRun(parsed, io);
    case "superres":
      return await (await import("./superres/superres_run.ts")).superresRun(parsed, io);
    case "study":
      return await (await import("./write_study.ts")).writeStudy(parsed, io);
    case "compare":
      return await (await import("./compare_runs.ts")).compareRuns(parsed, io);
    case "merge":
      return await (await import("./merge_shards.ts")).mergeShards(parsed, io);
    case "study-results":
      return await (await import("./read_study.ts")).readStudy(parsed, io);
  }
}
