import assert from "node:assert/strict";
import { join } from "node:path";
import { assertExit, type CliResult, listFiles, runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";

/** As many as make it unlikely that a part is empty, few enough to be quick. */
const PICTURES = 14;

const FLAGS = ["in", "-m", "masks", "--device", "cpu", "--method", "mean", "--quiet"];

/** Environment of the part `index` of `count` from 0, by scheduler. */
const SCHEDULERS: Readonly<
  Record<string, (index: number, count: number) => Readonly<Record<string, string>>>
> = {
  // As Slurm 22.05 sets it for --array=10-14:2.
  slurm: (index, count) => ({
    SLURM_ARRAY_TASK_ID: String(10 + 2 * index),
    SLURM_ARRAY_TASK_MIN: "10",
    SLURM_ARRAY_TASK_MAX: String(10 + 2 * (count - 1)),
    SLURM_ARRAY_TASK_COUNT: String(count),
    SLURM_ARRAY_TASK_STEP: "2",
    SLURM_PROCID: "0",
  }),
  kubernetes: (index, count) => ({
    JOB_COMPLETION_INDEX: String(index),
    PCONV_SHARDS: String(count),
  }),
  aws: (index, count) => ({
    AWS_BATCH_JOB_ARRAY_INDEX: String(index),
    AWS_BATCH_JOB_ARRAY_SIZE: String(count),
  }),
};

/** Photographs in two folders, and a mask for each. */
async function withPhotos(body: (folder: string) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    for (let i = 0; i < PICTURES; i++) {
      const name = `${i % 2 === 0 ? "" : "sub/"}${i}.png`;
      const [width, height] = [20 + i, 16];
      await writePicture(join(folder, "in", name), photo(width, height));
      await writePicture(
        join(folder, "masks", name),
        maskPicture(width, height, middle(width, height)),
      );
    }
    await body(folder);
  });
}

/** Results below a folder with their bytes, without what the program notes for itself. */
async function resultsOf(folder: string): Promise<Map<string, string>> {
  const files = (await listFiles(folder)).filter((name) => name.endsWith(".png"));
  return new Map(
    await Promise.all(
      files.map(async (name) => [name, (await Deno.readFile(join(folder, name))).toHex()] as const),
    ),
  );
}

/** Runs parts at the same time. */
async function runParts(
  folder: string,
  parts: readonly { readonly output: string; readonly env: Readonly<Record<string, string>> }[],
): Promise<CliResult[]> {
  return await Promise.all(
    parts.map(({ output, env }) =>
      runCli(["inpaint", ...FLAGS, "-o", output, "--shard", "auto"], { cwd: folder, env })
    ),
  );
}

Deno.test("inpaint --shard auto: parts of Slurm, Kubernetes and AWS Batch are the same, disjoint, and together all", async () => {
  await withPhotos(async (folder) => {
    assertExit(await runCli(["inpaint", ...FLAGS, "-o", "whole"], { cwd: folder }), 0);
    const whole = await resultsOf(join(folder, "whole"));
    assert.equal(whole.size, PICTURES);

    // Each part of Kubernetes into a folder of its own shows what belongs to it.
    const apart = [0, 1, 2].map((index) => ({
      output: `apart-${index}`,
      env: SCHEDULERS.kubernetes!(index, 3),
    }));
    for (const result of await runParts(folder, apart)) assertExit(result, 0);
    const seen: string[] = [];
    for (const { output } of apart) {
      const results = await resultsOf(join(folder, output));
      assert.ok(results.size > 0 && results.size < PICTURES, `${output}: ${results.size}`);
      for (const [name, bytes] of results) {
        assert.equal(bytes, whole.get(name), name);
        seen.push(name);
      }
    }
    assert.deepEqual(seen.toSorted(), [...whole.keys()].toSorted());

    // All parts into one folder at the same time, as on a cluster.
    for (const scheduler of ["slurm", "aws"]) {
      const together = [0, 1, 2].map((index) => ({
        output: scheduler,
        env: SCHEDULERS[scheduler]!(index, 3),
      }));
      for (const result of await runParts(folder, together)) assertExit(result, 0);
      const results = await resultsOf(join(folder, scheduler));
      assert.deepEqual([...results].toSorted(), [...whole].toSorted(), scheduler);
    }
  });
});

Deno.test("inpaint --shard auto refuses where nobody has numbered the process", async () => {
  await withPhotos(async (folder) => {
    const parts = [{}, { JOB_COMPLETION_INDEX: "0" }].map((env) => ({ output: "out", env }));
    const [alone, uncounted] = await runParts(folder, parts);
    assertExit(alone!, 2);
    assert.match(alone!.stderr, /no scheduler has numbered this process/);
    assertExit(uncounted!, 2);
    assert.match(uncounted!.stderr, /Kubernetes does not say of how many[\s\S]*PCONV_SHARDS/);
  });
});
