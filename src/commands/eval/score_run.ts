/**
 * `pconv eval --images DIR --output DIR`: fill, score, and write tables and page.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT } from "../../errors.ts";
import { commandLine, machineFacts } from "../command_line.ts";
import { EVAL_FORMAT, openEvalFolder } from "./eval_folder.ts";
import type { EvalMethod } from "./eval_methods.ts";
import { openAgain } from "./open_again.ts";
import { finishEval, tellProblems } from "./finish_eval.ts";
import { openJudges } from "./open_judges.ts";
import { openPairSource } from "./pair_source.ts";
import { scorePairs } from "./score_pairs.ts";

/** Sides of the picture that warms methods up, in pixels. */
const WARM_UP = 64;

/**
 * Evaluates what is missing in the folder and writes its tables anew.
 *
 * @returns 0, 1 if something could not be evaluated, 130 after Ctrl-C.
 */
export async function scoreRun(
  { options }: ParsedOptions<"eval">,
  io: CommandIo,
): Promise<number> {
  const source = await openPairSource(options, io);
  const needsJudges = options.classifier !== undefined || options.lpips !== undefined;
  if (needsJudges) await source.openBackend();
  const judges = await openJudges(options);
  const { shard } = source.lists;
  const presets = [...new Set(options.preset)];
  using folder = await openEvalFolder(options.output!, {
    format: EVAL_FORMAT,
    shard: [shard.index, shard.count],
    pairs: source.pairs.length,
    settings: { ...source.settings, ...judges.identity, presets: presets.toSorted() },
    methods: Object.fromEntries(source.methods.map(({ name, identity }) => [name, identity])),
    facts: [...source.facts, ...judges.facts, ...await machineFacts()],
    command: commandLine(),
    request: options,
  }, io);
  tellProblems(source.problems, io);
  await warmUp(source.methods, io.signal);
  const failed = await scorePairs({
    ...{ source, folder, judges, presets, io },
    keepResults: options.keepResults,
    keepPairs: options.keepPairs,
  });
  if (io.signal.aborted) {
    io.log(`eval: interrupted after ${folder.records.length} results; the same command goes on`);
    return EXIT.interrupted;
  }
  const problems = [...source.problems, ...failed];
  // The page of a shard is not what anyone looks at; the merge fills its examples.
  const examples = shard.count > 1 ? 0 : options.examples;
  const handled = source.methods.map(({ name }) => name);
  const isAll = Object.keys(folder.plan.methods).every((name) => handled.includes(name));
  // The page shows what earlier runs added too.
  const shown = isAll || examples === 0 ? source : await openAgain(folder.plan, options, io);
  return await finishEval(folder, { source: shown, problems, handled, examples, io });
}

/** Loads libraries and compiles shaders before anything is timed. */
async function warmUp(methods: readonly EvalMethod[], signal: AbortSignal): Promise<void> {
  const rgb255 = Uint8Array.from({ length: WARM_UP * WARM_UP * 3 }, (_, i) => i % 251);
  const holeMask = Uint8Array.from({ length: WARM_UP * WARM_UP }, (_, i) => i % 7 === 0 ? 1 : 0);
  const picture = { width: WARM_UP, height: WARM_UP, rgb255, holeMask };
  for (const { method, results } of methods) {
    if (results === undefined && !signal.aborted) await method.fill(picture, { signal });
  }
}
