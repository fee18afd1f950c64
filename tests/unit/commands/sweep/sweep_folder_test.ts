import assert from "node:assert/strict";
import { join } from "node:path";
import {
  openSweepFolder,
  type SweepFolderOptions,
} from "../../../../src/commands/sweep/sweep_folder.ts";
import type { StoredPlan } from "../../../../src/commands/sweep/sweep_plan.ts";
import { UsageError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const PLAN: StoredPlan = { mode: "grid", vary: ["hole=3,6"], settings: { steps: 200 } };

const options = (folder: string, more: Partial<SweepFolderOptions> = {}): SweepFolderOptions => ({
  folder,
  plan: PLAN,
  metric: "holePsnr",
  configOf: ({ trial }) => `config of trial ${trial}`,
  warn: (line) => assert.fail(line),
  ...more,
});

const finished = (trial: number, holePsnr: number, l1Percent: number) => ({
  ...{ trial, holePsnr, l1Percent, losses: { hole: 3 }, elapsedMs: 1, step: 200, count: 6 },
  ...{ psnr: 20, ssim: 0.5 },
});

const FAILED = { trial: 2, losses: { hole: 6 }, elapsedMs: 1, failed: "diverged" };

Deno.test("openSweepFolder() keeps results, and writes tables and the best config anew", async () => {
  await withTempDir(async (root) => {
    const folder = join(root, "new/sweep");
    const read = (name: string) => Deno.readTextFile(join(folder, name));
    {
      using sweep = await openSweepFolder(options(folder));
      assert.deepEqual(sweep.results, []);
      assert.equal(sweep.trialFolder(7), join(folder, "trials", "007"));
      await sweep.add(FAILED);
      assert.match(await read("sweep.md"), /^No trial could be measured/);
      await assert.rejects(() => read("best.json"), Deno.errors.NotFound);
      await sweep.add(finished(1, 20, 3));
      await sweep.add(finished(3, 19, 2));
      assert.equal(await read("best.json"), "config of trial 1\n");
    }
    using sweep = await openSweepFolder(options(folder, { metric: "l1Percent" }));
    assert.deepEqual(sweep.results, [FAILED, finished(1, 20, 3), finished(3, 19, 2)]);
    await sweep.write();
    assert.equal(await read("best.json"), "config of trial 3\n");
    assert.match(await read("sweep.csv"), /^trial,hole,.*\n3,3,19,/);
  });
});

Deno.test("openSweepFolder() refuses the folder of another sweep, and lets go of it", async () => {
  await withTempDir(async (folder) => {
    (await openSweepFolder(options(folder)))[Symbol.dispose]();
    const other = { ...PLAN, settings: { steps: 500 } };
    await assert.rejects(
      () => openSweepFolder(options(folder, { plan: other })),
      new UsageError(
        `Cannot go on with the sweep in "${folder}": "steps" was 200, is 500; must be the same`,
        { hint: "Give --output a new folder for another sweep" },
      ),
    );
    (await openSweepFolder(options(folder)))[Symbol.dispose]();
  });
});
