import assert from "node:assert/strict";
import { schedulerShard } from "../../../../src/commands/pictures/scheduler_shard.ts";
import { UsageError } from "../../../../src/errors.ts";

/** The part in a world with these variables. */
function shardIn(variables: Readonly<Record<string, string>>) {
  return schedulerShard((name) => variables[name]);
}

/** What Slurm 22.05 sets in a task of an array. */
function slurmArray(id: number, [min, max, count, step]: readonly number[]) {
  return {
    SLURM_ARRAY_TASK_ID: String(id),
    SLURM_ARRAY_TASK_MIN: String(min),
    SLURM_ARRAY_TASK_MAX: String(max),
    SLURM_ARRAY_TASK_COUNT: String(count),
    SLURM_ARRAY_TASK_STEP: String(step),
    SLURM_PROCID: "0",
    SLURM_NTASKS: "1",
  };
}

/** Fails unless the message has the pattern and the hint the other one. */
function assertRefused(variables: Record<string, string>, message: RegExp, hint?: RegExp): void {
  assert.throws(() => shardIn(variables), (error: Error) => {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, message);
    if (hint !== undefined) assert.match(error.hint!, hint);
    return true;
  });
}

Deno.test("schedulerShard numbers the tasks of a Slurm array from 1, whatever range it has", () => {
  const parts = (ids: readonly number[], range: readonly number[]) =>
    ids.map((id) => shardIn(slurmArray(id, range))).map(({ index, count }) => `${index}/${count}`);
  assert.deepEqual(parts([0, 7, 15], [0, 15, 16, 1]), ["1/16", "8/16", "16/16"]);
  assert.deepEqual(parts([1, 16], [1, 16, 16, 1]), ["1/16", "16/16"]);
  // 0-30:2 has 16 tasks; so has 0-31:2, of which Slurm gives 30 as the last.
  assert.deepEqual(parts([0, 14, 30], [0, 30, 16, 2]), ["1/16", "8/16", "16/16"]);
  assert.deepEqual(parts([5], [5, 5, 1, 1]), ["1/1"]);
  assert.equal(
    shardIn(slurmArray(14, [0, 30, 16, 2])).source,
    "Slurm array task 14 of 0-30:2",
  );
});

Deno.test("schedulerShard refuses a Slurm array that is a list", () => {
  // --array=1,5,9 and --array=1,2,9: the step is not told apart from that of a range, the number is.
  const list = /tasks from 1 to 9 in steps of \d+, this one is \d; its tasks must be an even range/;
  assertRefused(slurmArray(5, [1, 9, 3, 1]), list, /SLURM_ARRAY_TASK_ID/);
  assertRefused(slurmArray(2, [1, 9, 3, 4]), list);
  assertRefused(slurmArray(2, [1, 9, 5, 0]), list);
});

Deno.test("schedulerShard numbers the tasks of a step of Slurm", () => {
  const task = { SLURM_PROCID: "2", SLURM_NTASKS: "4", SLURM_STEP_NUM_TASKS: "4" };
  const { index, count, source } = shardIn(task);
  assert.deepEqual([index, count], [3, 4]);
  assert.match(source, /Slurm task 2 of 4/);
});

Deno.test("schedulerShard divides a task of an array by the tasks of its step", () => {
  const seen = new Set<string>();
  for (let id = 0; id < 3; id++) {
    for (let task = 0; task < 2; task++) {
      const { index, count } = shardIn({
        ...slurmArray(id, [0, 2, 3, 1]),
        SLURM_PROCID: String(task),
        SLURM_STEP_NUM_TASKS: "2",
      });
      seen.add(`${index}/${count}`);
    }
  }
  assert.deepEqual([...seen], ["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
});

Deno.test("schedulerShard refuses a job script of several tasks that srun has not started", () => {
  assertRefused({ SLURM_PROCID: "0", SLURM_NTASKS: "4" }, /has 4 tasks, and srun/, /srun pconv/);
  // In an array the array alone counts: the script runs once in each task.
  const { index, count } = shardIn({ ...slurmArray(1, [0, 1, 2, 1]), SLURM_NTASKS: "4" });
  assert.deepEqual([index, count], [2, 2]);
});

Deno.test("schedulerShard reads a Kubernetes Indexed Job, whose size must be told", () => {
  const { index, count } = shardIn({ JOB_COMPLETION_INDEX: "0", PCONV_SHARDS: "5" });
  assert.deepEqual([index, count], [1, 5]);
  assertRefused({ JOB_COMPLETION_INDEX: "0" }, /does not say of how many/, /Set PCONV_SHARDS/);
  assertRefused({ JOB_COMPLETION_INDEX: "5", PCONV_SHARDS: "5" }, /must be from 0 to 4/);
  assertRefused({ JOB_COMPLETION_INDEX: "0", PCONV_SHARDS: "0" }, /must be from 0 to 0/);
  assertRefused({ JOB_COMPLETION_INDEX: "x", PCONV_SHARDS: "5" }, /JOB_COMPLETION_INDEX is "x"/);
  assertRefused({ JOB_COMPLETION_INDEX: "", PCONV_SHARDS: "5" }, /JOB_COMPLETION_INDEX is ""/);
});

Deno.test("schedulerShard reads an AWS Batch array", () => {
  const env = { AWS_BATCH_JOB_ARRAY_INDEX: "9", AWS_BATCH_JOB_ARRAY_SIZE: "10" };
  const { index, count } = shardIn(env);
  assert.deepEqual([index, count], [10, 10]);
  assertRefused({ AWS_BATCH_JOB_ARRAY_INDEX: "9" }, /AWS_BATCH_JOB_ARRAY_SIZE is not set/);
});

Deno.test("schedulerShard takes the first scheduler, and refuses where there is none", () => {
  const both = {
    ...slurmArray(3, [0, 3, 4, 1]),
    JOB_COMPLETION_INDEX: "0",
    PCONV_SHARDS: "2",
  };
  assert.match(shardIn(both).source, /^Slurm array/);
  assertRefused({}, /no scheduler has numbered this process/, /--shard 3\/8/);
  // PCONV_SHARDS alone numbers nothing.
  assertRefused({ PCONV_SHARDS: "4" }, /no scheduler/);
});
