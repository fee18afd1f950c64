/**
 * The work of an evaluation of super-resolution: every method on every picture and scale, as far as it is not done.
 * @module
 */
import type { CommandIo } from "../../../cli/io.ts";
import type { ShrunkPicture } from "../../../data/shrink_picture.ts";
import { stemOf } from "../../../data/stem_of.ts";
import { writePng } from "../../../data/write_png.ts";
import { EXIT, UserError } from "../../../errors.ts";
import { scoreUpscale } from "../../../evaluation/superres/score_upscale.ts";
import { makeScene, type Photograph, readPhotograph } from "./load_scene.ts";
import type { EvalUpscaler } from "./eval_upscaler.ts";
import { SUPERRES_FILES, type SuperresFolder } from "./superres_folder.ts";
import type { SuperresSource } from "./superres_source.ts";
import { upscaleScene } from "./upscale_scene.ts";

/** Options of {@linkcode scoreScenes}. */
export interface ScoreScenesOptions {
  readonly source: SuperresSource;
  readonly folder: SuperresFolder;
  readonly keepResults: boolean;
  readonly keepPairs: boolean;
  readonly io: CommandIo;
}

/** One picture at one scale. */
interface Scene {
  readonly photograph: Photograph;
  readonly scale: number;
  readonly pictures: ShrunkPicture;
}

/**
 * Enlarges and scores what is missing, and stores each result at once. What fails is told and never stops the rest.
 *
 * @returns A sentence for each failure; work that a signal cut short is no failure.
 * @throws {BackendError} If the device fails, for that spoils everything that follows.
 */
export async function scoreScenes(options: ScoreScenesOptions): Promise<string[]> {
  const { source: { images, methods, lists: { scales } }, folder, io } = options;
  const problems: string[] = [];
  const fail = (error: unknown) => {
    if (io.signal.aborted) return;
    if (!(error instanceof UserError) || error.exitCode === EXIT.unavailable) throw error;
    io.report(error);
    problems.push(error.message);
  };
  const key = (image: string, scale: number, method: string) => `${scale} ${method} ${image}`;
  const finished = new Set(
    folder.records.map(({ image, scale, method }) => key(image, scale, method)),
  );
  const total = images.length * scales.length;
  for (const [at, image] of images.entries()) {
    const missing = scales.map((scale) => ({
      scale,
      methods: methods.filter(({ name, lacks }) =>
        !lacks.includes(scale) && !finished.has(key(image.relative, scale, name))
      ),
    })).filter(({ methods }) => methods.length > 0);
    if (missing.length === 0) continue;
    const photograph = await readPhotograph(image).catch(fail);
    if (photograph === undefined) continue;
    for (const { scale, methods } of missing) {
      if (io.signal.aborted) return problems;
      await scoreScene(photograph, { ...options, scale, methods, fail }).catch(fail);
      const done = at * scales.length + scales.indexOf(scale) + 1;
      io.progress.update({ done, total, unit: "pictures", text: `${image.relative} x${scale}` });
    }
  }
  io.progress.finish();
  return problems;
}

interface ScoreSceneOptions extends ScoreScenesOptions {
  readonly scale: number;
  readonly methods: readonly EvalUpscaler[];
  /** Tells what keeps one method from a result. */
  readonly fail: (error: unknown) => void;
}

async function scoreScene(
  photograph: Photograph,
  { scale, methods, fail, ...options }: ScoreSceneOptions,
): Promise<void> {
  const scene = { photograph, scale, pictures: makeScene(photograph, scale) };
  if (options.keepPairs) await keepPair(scene, options.folder);
  for (const method of methods) {
    if (options.io.signal.aborted) return;
    await scoreOne(scene, method, options).catch(fail);
  }
}

async function scoreOne(
  { photograph: { image, isGrey }, scale, pictures }: Scene,
  method: EvalUpscaler,
  { folder, keepResults, io: { signal } }: ScoreScenesOptions,
): Promise<void> {
  const { truth } = pictures;
  const stem = stemOf(image.relative);
  const { rgb255, elapsedMs } = await upscaleScene(pictures, method, { scale, stem, signal });
  if (keepResults) {
    const path = folder.at(SUPERRES_FILES.results, method.name, `x${scale}`, `${stem}.png`);
    await writePng(path, { ...truth, rgb255 });
  }
  const { width, height } = truth;
  await folder.add({
    ...{ image: image.relative, scale, method: method.name, width, height, isGrey },
    ...scoreUpscale({ width, height, truth: truth.rgb255, result: rgb255, scale, isGrey }),
    elapsedMs,
  });
}

/** Writes truth and small picture as they are evaluated, for other programs. */
async function keepPair(
  { photograph: { image }, scale, pictures }: Scene,
  folder: SuperresFolder,
): Promise<void> {
  for (const kind of ["small", "truth"] as const) {
    const path = folder.at(
      SUPERRES_FILES.pairs,
      kind,
      `x${scale}`,
      `${stemOf(image.relative)}.png`,
    );
    await writePng(path, pictures[kind]);
  }
}
