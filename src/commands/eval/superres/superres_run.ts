/**
 * `pconv eval --task superres --images DIR --output DIR`: enlarge, score, and write tables and page.
 * @module
 */
import type { ParsedOptions } from "../../../cli/flags.ts";
import type { CommandIo } from "../../../cli/io.ts";
import { EXIT } from "../../../errors.ts";
import { chooseScenes } from "../../../evaluation/superres/choose_scenes.ts";
import { superresBrief } from "../../../report/superres/superres_markdown.ts";
import { commandLine, machineFacts } from "../../command_line.ts";
import { EVAL_FILES, EVAL_FORMAT } from "../eval_folder.ts";
import { tellProblems } from "../finish_eval.ts";
import { scoreScenes } from "./score_scenes.ts";
import { makeSuperresExamples, type SuperresPictures } from "./superres_examples.ts";
import { openSuperresFolder, type SuperresFolder } from "./superres_folder.ts";
import { primaryOf, superresText, writeSuperresOutput } from "./superres_output.ts";
import { openSuperresSource, type SuperresSource } from "./superres_source.ts";

/** Sides of the picture that warms methods up, in pixels. */
const WARM_UP = 32;

const NO_PICTURES: SuperresPictures = { examples: [], gains: [], losses: [] };

/**
 * Evaluates what is missing in the folder and writes its tables anew.
 *
 * @returns 0, 1 if something could not be evaluated, 130 after Ctrl-C.
 * @throws {UserError} If flags, files, weights or the device cannot be used.
 */
export async function superresRun(
  { options }: ParsedOptions<"eval">,
  io: CommandIo,
): Promise<number> {
  const source = await openSuperresSource(options, io);
  using folder = await openSuperresFolder(options.output!, {
    format: EVAL_FORMAT,
    shard: [1, 1],
    pairs: source.images.length,
    settings: source.settings,
    methods: Object.fromEntries(source.methods.map(({ name, identity }) => [name, identity])),
    facts: [...source.facts, ...await machineFacts()],
    command: commandLine(),
    request: options,
  }, io);
  tellProblems(source.problems, io);
  for (const remark of source.remarks) io.warn(remark);
  await warmUp(source, io.signal);
  const { keepResults, keepPairs, examples } = options;
  const failed = await scoreScenes({ source, folder, keepResults, keepPairs, io });
  if (io.signal.aborted) {
    io.log(`eval: interrupted after ${folder.records.length} results; the same command goes on`);
    return EXIT.interrupted;
  }
  return await finish(folder, source, {
    problems: [...source.problems, ...failed],
    examples,
    io,
  });
}

interface FinishOptions {
  readonly problems: readonly string[];
  /** Pictures of each scale and kind that the page shows. */
  readonly examples: number;
  readonly io: CommandIo;
}

async function finish(
  folder: SuperresFolder,
  source: SuperresSource,
  { problems, examples, io }: FinishOptions,
): Promise<number> {
  const { records } = folder;
  const text = superresText(folder, { problems, remarks: source.remarks });
  const primary = primaryOf(text.table.methods);
  const pictures = examples === 0
    ? NO_PICTURES
    : await makeSuperresExamples(chooseScenes(records, { count: examples, primary }), {
      source,
      records,
      signal: io.signal,
      onProgress: (done, total) =>
        io.progress.update({ done, total, unit: "examples", text: "for the page" }),
    });
  io.progress.finish();
  await writeSuperresOutput(folder, text, pictures);
  if (io.json !== undefined) await io.json(text);
  else await io.print(superresBrief(text).trimEnd() + "\n");
  const told = problems.length === 0
    ? ""
    : `; ${problems.length} problem${problems.length === 1 ? "" : "s"}, see ${
      folder.at(EVAL_FILES.problems)
    }`;
  io.log(`eval: ${records.length} results, ${folder.at(EVAL_FILES.report)}${told}`);
  return problems.length > 0 || records.length === 0 ? EXIT.someFailed : EXIT.done;
}

/** Loads libraries and compiles shaders before anything is timed. */
async function warmUp({ methods, lists }: SuperresSource, signal: AbortSignal): Promise<void> {
  const rgb255 = Uint8Array.from({ length: WARM_UP * WARM_UP * 3 }, (_, i) => i % 251);
  const picture = { width: WARM_UP, height: WARM_UP, rgb255 };
  for (const { upscaler, lacks } of methods) {
    for (const scale of lists.scales) {
      if (signal.aborted || upscaler === undefined || lacks.includes(scale)) continue;
      await upscaler.upscale(picture, { scale, signal });
    }
  }
}
