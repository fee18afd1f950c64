/**
 * The work of an evaluation: every method on every pair, as far as it is not done.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { writePng } from "../../data/write_png.ts";
import { EXIT, UserError } from "../../errors.ts";
import { EVAL_FILES, type EvalFolder } from "./eval_folder.ts";
import { type EvalMethod, resultStem } from "./eval_methods.ts";
import { type DamagedPair, damagePair, fillPair, scorePair } from "./evaluate_pair.ts";
import { type LoadedPair, loadPair } from "./load_pair.ts";
import type { Judges, PairJudge } from "./open_judges.ts";
import type { PairSource } from "./pair_source.ts";
import type { PlannedPair } from "./plan_pairs.ts";

/** Options of {@linkcode scorePairs}. */
export interface ScorePairsOptions {
  readonly source: PairSource;
  readonly folder: EvalFolder;
  readonly judges: Judges;
  /** Presets that are measured too. */
  readonly presets: readonly string[];
  readonly keepResults: boolean;
  readonly keepPairs: boolean;
  readonly io: CommandIo;
}

/**
 * Fills and scores what is missing, and stores each result at once. What fails is told and never stops the rest.
 *
 * @returns A sentence for each failure; work that a signal cut short is no failure.
 * @throws {BackendError} If the device fails, for that spoils everything that follows.
 */
export async function scorePairs(options: ScorePairsOptions): Promise<string[]> {
  const { source, folder, io } = options;
  const { lists: { shard, dilations }, methods } = source;
  const problems: string[] = [];
  const fail = (error: unknown) => {
    if (!(error instanceof UserError) || error.exitCode === EXIT.unavailable) throw error;
    io.report(error);
    problems.push(error.message);
  };
  const key = (pair: number, dilate: number, method: string) => `${pair} ${dilate} ${method}`;
  const finished = new Set(
    folder.records.map(({ pair, dilate, method }) => key(pair, dilate, method)),
  );
  const mine = pairsOfShard(source.pairs, shard);
  const total = mine.length * dilations.length * methods.length;
  let done = 0;
  for (const pair of mine) {
    const missing = dilations.map((dilate) => ({
      dilate,
      methods: methods.filter(({ name }) => !finished.has(key(pair.index, dilate, name))),
    })).filter(({ methods }) => methods.length > 0);
    done += dilations.length * methods.length -
      missing.reduce((sum, { methods }) => sum + methods.length, 0);
    let loaded: LoadedPair | undefined;
    let judge: PairJudge | undefined;
    for (const { dilate, methods: wanted } of missing) {
      if (io.signal.aborted) return problems;
      try {
        loaded ??= await loadPair(pair, source.loading);
        const damaged = damagePair(pair, loaded, dilate);
        if (options.keepPairs) await keepPair(folder, damaged);
        judge ??= await options.judges.judgePair(loaded.truth, loaded);
        for (const method of wanted) {
          if (io.signal.aborted) return problems;
          await scoreOne(damaged, method, judge, options).catch((error) => {
            if (!io.signal.aborted) fail(error);
          });
        }
      } catch (error) {
        if (io.signal.aborted) return problems;
        fail(error);
        // A file that cannot be read cannot be read for the other dilations either.
        if (loaded === undefined) {
          done += missing.reduce((sum, { methods }) => sum + methods.length, 0);
          break;
        }
      }
      done += wanted.length;
      io.progress.update({ done, total, unit: "results", text: pair.image.relative });
    }
  }
  io.progress.finish();
  return problems;
}

async function scoreOne(
  damaged: DamagedPair,
  method: EvalMethod,
  judge: PairJudge,
  { folder, presets, keepResults, io }: ScorePairsOptions,
): Promise<void> {
  const result = await fillPair(damaged, method, io.signal);
  const judged = await judge(result.composite);
  const { pair, dilate } = damaged;
  if (keepResults) {
    const path = folder.at(EVAL_FILES.results, method.name, `${resultStem(pair, dilate)}.png`);
    const { width, height } = damaged.damaged;
    await writePng(path, { width, height, rgb255: result.raw ?? result.composite });
  }
  await folder.add(scorePair(damaged, result, { method: method.name, presets, judged }));
}

/** Writes image and mask as they are evaluated, for other programs. */
async function keepPair(folder: EvalFolder, { pair, dilate, truth, damaged }: DamagedPair) {
  const { width, height } = damaged;
  const name = `${resultStem(pair, dilate)}.png`;
  await writePng(folder.at(EVAL_FILES.pairs, "images", name), { width, height, rgb255: truth });
  const mask = Uint8Array.from(
    { length: truth.length },
    (_, i) => damaged.holeMask[Math.floor(i / 3)] === 1 ? 255 : 0,
  );
  await writePng(folder.at(EVAL_FILES.pairs, "masks", name), { width, height, rgb255: mask });
}

/** The pairs that a shard has to do. */
function pairsOfShard(
  pairs: readonly PlannedPair[],
  { index, count }: { readonly index: number; readonly count: number },
): PlannedPair[] {
  return pairs.filter((pair) => pair.index % count === index - 1);
}
