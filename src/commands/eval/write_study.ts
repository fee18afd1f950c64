/**
 * `pconv eval --study DIR`.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { writePng } from "../../data/write_png.ts";
import { EXIT, InputError, UsageError, UserError } from "../../errors.ts";
import type { StudyPair } from "../../evaluation/study/deal_trials.ts";
import { planStudy, TRUTH } from "../../evaluation/study/study_plan.ts";
import { holeBin } from "../../metrics/hole_bin.ts";
import { resultStem } from "./eval_methods.ts";
import { type DamagedPair, damagePair, fillPair } from "./evaluate_pair.ts";
import { tellProblems } from "./finish_eval.ts";
import { loadPair } from "./load_pair.ts";
import { openPairSource, type PairSource } from "./pair_source.ts";
import { studyFiles } from "./study_files.ts";
import { STUDY_FILES } from "./study_folder.ts";

/**
 * Writes the page of an A/B study with its pictures, and beside the folder of the page the key that tells which picture
 * is whose. The first method is compared with each other one, as the paper compares its own.
 *
 * @returns 0, 1 if some pairs could not be used, 130 after Ctrl-C.
 * @throws {InputError} If the folder holds a study already, or a file cannot be written.
 */
export async function writeStudy(
  { options }: ParsedOptions<"eval">,
  io: CommandIo,
): Promise<number> {
  const { study: folder, studyTrials, seed } = options;
  if (await Deno.lstat(join(folder!, STUDY_FILES.key)).then(() => true, () => false)) {
    throw new InputError(`Cannot write a study into "${folder}": it holds one, must be new`);
  }
  const source = await openPairSource(options, io);
  if (source.lists.dilations.length > 1) {
    throw new UsageError("Cannot use several dilations with --study: --dilate must be one kernel");
  }
  const problems = [...source.problems];
  tellProblems(problems, io);
  const pairs = await classifyPairs(source, studyTrials, problems, io);
  const methods = source.methods.map(({ name }) => name);
  const trials = { unlimited: methods.length > 1 ? studyTrials : 0, limited: studyTrials };
  const plan = planStudy({ methods, pairs, seed, ...trials });
  const { page, key, pictures } = studyFiles(plan);
  const write = (name: string, bytes: Uint8Array) => writeFileAtomic(join(folder!, name), bytes);
  // Pictures of one pair and method follow one another.
  let current: DamagedPair | undefined;
  let filled: { readonly method: string; readonly rgb255: Uint8Array } | undefined;
  for (const [done, { path, pair, method }] of pictures.entries()) {
    if (io.signal.aborted) return EXIT.interrupted;
    if (current?.pair.index !== pair) {
      current = await openPair(source, pair);
      filled = undefined;
    }
    if (filled?.method !== method) {
      filled = { method, rgb255: await showMethod(current, method, source, io.signal) };
    }
    const { rgb255 } = filled;
    const { width, height } = current.damaged;
    await writePng(join(folder!, STUDY_FILES.participants, path), { width, height, rgb255 });
    io.progress.update({ done: done + 1, total: pictures.length, unit: "pictures", text: "" });
  }
  io.progress.finish();
  const encoder = new TextEncoder();
  await write(STUDY_FILES.page, encoder.encode(page));
  await write(STUDY_FILES.key, encoder.encode(key));
  io.log(
    `study: ${plan.trials.length} comparisons, ${pictures.length} pictures. Give participants the folder ` +
      `"${join(folder!, STUDY_FILES.participants)}"; keep "${
        join(folder!, STUDY_FILES.key)
      }" to yourself`,
  );
  return problems.length > 0 ? EXIT.someFailed : EXIT.done;
}

/** Finds pairs within the six bins for the trials: as many as trials, or all there are. */
async function classifyPairs(
  source: PairSource,
  wanted: number,
  problems: string[],
  io: CommandIo,
): Promise<StudyPair[]> {
  const found: StudyPair[] = [];
  for (const { index } of source.pairs) {
    if (found.length === wanted) break;
    io.signal.throwIfAborted();
    try {
      const { damaged } = await openPair(source, index);
      const { bin, border } = holeBin(damaged.holeMask, damaged);
      for (const { method, results } of source.methods) {
        // A study with gaps would favour the methods that have none.
        if (results === undefined) continue;
        const stem = resultStem(source.pairs[index]!, source.lists.dilations[0]!);
        await method.fill(damaged, { stem });
      }
      if (typeof bin === "number") found.push({ pair: index, bin, border });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      io.report(error);
      problems.push(error.message);
    }
  }
  return found;
}

/** The truth, or what a method makes of the pair. */
async function showMethod(
  pair: DamagedPair,
  name: string,
  { methods }: PairSource,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (name === TRUTH) return pair.truth;
  const method = methods.find((one) => one.name === name)!;
  return (await fillPair(pair, method, signal)).composite;
}

async function openPair(source: PairSource, index: number): Promise<DamagedPair> {
  const pair = source.pairs[index]!;
  return damagePair(pair, await loadPair(pair, source.loading), source.lists.dilations[0]!);
}
