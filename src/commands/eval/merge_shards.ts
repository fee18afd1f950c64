/**
 * `pconv eval --merge DIR... --output DIR`.
 * @module
 */
import { join, resolve } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { InputError, UsageError } from "../../errors.ts";
import type { EvalRecord } from "../../evaluation/eval_record.ts";
import {
  EVAL_FILES,
  type EvalPlan,
  joinPlans,
  openEvalFolder,
  planDifferences,
  readPlan,
  readRecords,
} from "./eval_folder.ts";
import { finishEval, tellProblems } from "./finish_eval.ts";
import { openAgain } from "./open_again.ts";

/** A shard as it was found. */
interface FoundShard {
  readonly folder: string;
  readonly plan: EvalPlan;
  readonly records: readonly EvalRecord[];
  readonly problems: readonly string[];
}

/**
 * Puts the results of shards together: the folder it makes is that of one run, and can go on as one.
 *
 * @returns 0, or 1 if a shard is missing or had problems.
 * @throws {UsageError} If folders are of different evaluations, or of one shard twice.
 * @throws {InputError} If a folder cannot be read, or the output exists already.
 */
export async function mergeShards(
  { options, positionals }: ParsedOptions<"eval">,
  io: CommandIo,
): Promise<number> {
  const output = options.output!;
  if (positionals.some((folder) => resolve(folder) === resolve(output))) {
    throw new UsageError(`Cannot merge into "${output}": it is one of the shards`);
  }
  if (await readPlan(output) !== undefined) {
    throw new InputError(`Cannot merge into "${output}": it holds an evaluation, must be new`);
  }
  const shards: FoundShard[] = [];
  for (const folder of positionals) shards.push(await readShard(folder));
  const problems = checkShards(shards);
  const plan = shards.map((shard) => shard.plan).reduce(joinPlans);
  const order = Object.keys(plan.methods);
  const records = shards.flatMap((shard) => shard.records).toSorted((a, b) =>
    a.pair - b.pair || a.dilate - b.dilate || order.indexOf(a.method) - order.indexOf(b.method)
  );
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  await writeFileAtomic(join(output, EVAL_FILES.records), new TextEncoder().encode(lines));
  using folder = await openEvalFolder(output, { ...plan, shard: [1, 1] }, io);
  problems.push(...new Set(shards.flatMap((shard) => shard.problems)));
  tellProblems(problems, io);
  const source = options.examples === 0 ? undefined : await openAgain(plan, options, io);
  return await finishEval(folder, {
    ...{ source, problems, io },
    handled: [],
    examples: options.examples,
  });
}

async function readShard(folder: string): Promise<FoundShard> {
  const plan = await readPlan(folder);
  if (plan === undefined) {
    throw new InputError(`Cannot merge "${folder}": there is no ${EVAL_FILES.plan} in it`);
  }
  if (plan.settings["task"] !== undefined) {
    throw new InputError(
      `Cannot merge "${folder}": it is of the task ${plan.settings["task"]}, must be of inpaint`,
    );
  }
  const problems = await Deno.readTextFile(join(folder, EVAL_FILES.problems)).then(
    (text) => JSON.parse(text) as string[],
    () => [`Shard "${folder}" has not ended: there is no ${EVAL_FILES.problems} in it`],
  );
  return { folder, plan, records: await readRecords(folder), problems };
}

/** Refuses what cannot be one evaluation; tells which shards are missing. */
function checkShards(shards: readonly FoundShard[]): string[] {
  const first = shards[0]!;
  const count = first.plan.shard[1];
  const seen = new Map<number, string>();
  for (const { folder, plan } of shards) {
    const differences = planDifferences(first.plan, plan);
    if (plan.shard[1] !== count) {
      differences.push(`shards were of ${count}, are of ${plan.shard[1]}`);
    }
    if (differences.length > 0) {
      throw new UsageError(
        `Cannot merge "${folder}" with "${first.folder}": ${
          differences.join("; ")
        }; must be the same`,
      );
    }
    const index = plan.shard[0];
    const other = seen.get(index);
    if (other !== undefined) {
      throw new UsageError(
        `Cannot merge "${folder}" with "${other}": both are shard ${index}/${count}`,
      );
    }
    seen.set(index, folder);
  }
  return Array.from({ length: count }, (_, i) => i + 1).filter((index) => !seen.has(index))
    .map((index) => `Shard ${index}/${count} is missing`);
}
