/**
 * Which part of the work a scheduler has given to this process, from its environment variables.
 * @module
 */
import { UsageError } from "../../errors.ts";

/** Reads an environment variable. */
export type ReadEnv = (name: string) => string | undefined;

/** A part as a scheduler says it. */
export interface SchedulerShard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  /** Which variables said so, for a line of the log. */
  readonly source: string;
}

/** Which variables are read, for messages. */
const READ = "SLURM_ARRAY_TASK_ID of a Slurm array, SLURM_STEP_NUM_TASKS of srun, " +
  "JOB_COMPLETION_INDEX with PCONV_SHARDS of a Kubernetes Indexed Job, " +
  "and AWS_BATCH_JOB_ARRAY_INDEX of AWS Batch";

/**
 * Reads the part of this process: of a Slurm array, of a job step of Slurm, of a Kubernetes Indexed Job or of an AWS
 * Batch array, the first of these that is there. Tasks of a step within an array divide the array's part further.
 *
 * @throws {UsageError} If none is there, or its variables do not say which part of how many this is.
 *
 * Source: the manual of sbatch ("Output environment variables") and of srun; kubernetes.io, "Indexed Job for Parallel
 * Processing with Static Work Assignment"; the user guide of AWS Batch, "Job environment variables".
 */
export function schedulerShard(env: ReadEnv): SchedulerShard {
  const found = slurmShard(env) ?? kubernetesShard(env) ?? awsBatchShard(env);
  if (found !== undefined) return found;
  throw new UsageError(`Cannot use --shard auto: no scheduler has numbered this process`, {
    hint: `It reads ${READ}; elsewhere say which part this is, for example --shard 3/8`,
  });
}

function slurmShard(env: ReadEnv): SchedulerShard | undefined {
  const array = slurmArray(env);
  const step = slurmStep(env);
  if (array === undefined || step === undefined) return array ?? step;
  if (step.count === 1) return array;
  return {
    index: (array.index - 1) * step.count + step.index,
    count: array.count * step.count,
    source: `${array.source}, ${step.source}`,
  };
}

function slurmArray(env: ReadEnv): SchedulerShard | undefined {
  if (env("SLURM_ARRAY_TASK_ID") === undefined) return undefined;
  const id = readWhole(env, "SLURM_ARRAY_TASK_ID");
  const min = readWhole(env, "SLURM_ARRAY_TASK_MIN");
  const max = readWhole(env, "SLURM_ARRAY_TASK_MAX");
  const count = readWhole(env, "SLURM_ARRAY_TASK_COUNT");
  const step = env("SLURM_ARRAY_TASK_STEP") ? readWhole(env, "SLURM_ARRAY_TASK_STEP") : 1;
  // Slurm names the ends, the number and the step of an array, but not its members: only an even range can be counted.
  const isEven = step >= 1 && id >= min && id <= max && (id - min) % step === 0 &&
    Math.floor((max - min) / step) + 1 === count;
  if (!isEven) {
    throw new UsageError(
      `Cannot use --shard auto: the Slurm array has ${count} tasks from ${min} to ${max} in steps of ${step}, ` +
        `this one is ${id}; its tasks must be an even range such as --array=0-15 or 0-30:2`,
      {
        hint:
          'For a list of tasks say the part yourself, --shard "$((SLURM_ARRAY_TASK_ID + 1))/16"',
      },
    );
  }
  return {
    index: (id - min) / step + 1,
    count,
    source: `Slurm array task ${id} of ${min}-${max}${step === 1 ? "" : `:${step}`}`,
  };
}

/** `SLURM_PROCID` stands in a batch script too, where one process runs for all tasks: srun alone numbers processes. */
function slurmStep(env: ReadEnv): SchedulerShard | undefined {
  if (env("SLURM_PROCID") === undefined) return undefined;
  if (env("SLURM_STEP_NUM_TASKS") === undefined) {
    if (env("SLURM_ARRAY_TASK_ID") !== undefined || Number(env("SLURM_NTASKS") ?? 1) === 1) {
      return undefined;
    }
    throw new UsageError(
      `Cannot use --shard auto: the Slurm job has ${
        env("SLURM_NTASKS")
      } tasks, and srun has not started this process`,
      { hint: 'Write "srun pconv ..." in the job script, or submit an array with --array=0-15' },
    );
  }
  const id = readWhole(env, "SLURM_PROCID");
  const count = readWhole(env, "SLURM_STEP_NUM_TASKS");
  return numbered({ id, count, what: `Slurm task ${id} of ${count} of a step` });
}

function kubernetesShard(env: ReadEnv): SchedulerShard | undefined {
  if (env("JOB_COMPLETION_INDEX") === undefined) return undefined;
  const id = readWhole(env, "JOB_COMPLETION_INDEX");
  if (env("PCONV_SHARDS") === undefined) {
    throw new UsageError(
      `Cannot use --shard auto: JOB_COMPLETION_INDEX is ${id}, and Kubernetes does not say of how many`,
      { hint: "Set PCONV_SHARDS to the job's completions, in the env of the container" },
    );
  }
  const count = readWhole(env, "PCONV_SHARDS");
  return numbered({ id, count, what: `Kubernetes completion index ${id}, PCONV_SHARDS ${count}` });
}

function awsBatchShard(env: ReadEnv): SchedulerShard | undefined {
  if (env("AWS_BATCH_JOB_ARRAY_INDEX") === undefined) return undefined;
  const id = readWhole(env, "AWS_BATCH_JOB_ARRAY_INDEX");
  const count = readWhole(env, "AWS_BATCH_JOB_ARRAY_SIZE");
  return numbered({ id, count, what: `AWS Batch array index ${id} of ${count}` });
}

/** Numbers from 0 become parts from 1. */
function numbered(
  { id, count, what }: { readonly id: number; readonly count: number; readonly what: string },
): SchedulerShard {
  if (id < count) return { index: id + 1, count, source: what };
  throw new UsageError(
    `Cannot use --shard auto: ${what}; the number must be from 0 to ${Math.max(0, count - 1)}`,
  );
}

function readWhole(env: ReadEnv, name: string): number {
  const text = env(name);
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  const is = text === undefined ? "is not set" : `is ${JSON.stringify(text)}`;
  throw new UsageError(`Cannot use --shard auto: ${name} ${is}, must be a whole number`);
}
