import assert from "node:assert/strict";
import { join } from "node:path";
import { writeCheckpoint } from "../../../../src/checkpoint/checkpoint.ts";
import { isFinished } from "../../../../src/commands/train/finished_run.ts";
import { RUN_FILES } from "../../../../src/commands/train/run_folder.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { formatRunReport } from "../../../../src/report/run_report.ts";
import { disposeTrainingState } from "../../../../src/training/state.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { formulaState } from "../../../support/tiny_run.ts";
import { runRecord } from "../../report/records.ts";

cpuTest(
  "isFinished() wants the last step, its files and a report that says so",
  () =>
    withTempDir(async (folder) => {
      const at = (name: string) => join(folder, name);
      const state = formulaState(PRESETS.tiny);
      state.step = 8;
      const run = (steps = 8) => ({ folder, state, task: { steps } });
      const report = (is: "done" | "running" | "interrupted") =>
        Deno.writeTextFile(at(RUN_FILES.report), formatRunReport(runRecord({ state: is })));
      await writeCheckpoint(at(RUN_FILES.checkpoint), { state, run: "{}" });
      await report("done");
      assert.equal(await isFinished(run()), false, "no weights");
      await Deno.writeTextFile(at(RUN_FILES.weights), "");
      assert.equal(await isFinished(run()), true);
      assert.equal(await isFinished(run(9)), false, "a step is left");
      // Killed after the last checkpoint; or Ctrl-C at the last step.
      for (const is of ["running", "interrupted"] as const) {
        await report(is);
        assert.equal(await isFinished(run()), false, is);
      }
      await report("done");
      state.step = 9;
      assert.equal(await isFinished(run(9)), false, "the folder holds another state");
      disposeTrainingState(state);
    }),
);
