/**
 * Whole training runs on disk within the tests' process.
 * @module
 */
import { join } from "node:path";
import { readCheckpoint } from "../../src/checkpoint/checkpoint.ts";
import { sha256 } from "../../src/checkpoint/sha256.ts";
import type { RunSettings } from "../../src/commands/train/run_settings.ts";
import { runTraining } from "../../src/commands/train/training_run.ts";
import { initializeParameters } from "../../src/model/parameters.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import { createRandom } from "../../src/random.ts";
import type { TrainingTask } from "../../src/task/types.ts";
import { disposeTrainingState, type TrainingState } from "../../src/training/state.ts";
import { reconstruction } from "../../tasks/recipes/reconstruction.ts";
import { photo, writePicture } from "../cli/pictures.ts";
import { cpuTest, useBackend } from "../support/for_each_backend.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { type FakeCommandIo, fakeCommandIo } from "../unit/commands/fake_command_io.ts";
import { TINY_RUN } from "../unit/commands/train/run_setting.ts";

/** What a test of a run may choose. */
export interface TrainRunOptions {
  readonly task?: TrainingTask;
  readonly settings?: Partial<RunSettings>;
  readonly io?: FakeCommandIo;
  readonly now?: () => number;
}

/** A folder with images in which runs are made. */
export interface RunSetting {
  at(...parts: string[]): string;
  /** Begins a run in a folder, or goes on with it if it has a checkpoint. */
  train(run: string, options?: TrainRunOptions): Promise<number>;
  /** SHA-256 of a file of a run. */
  hash(run: string, name: string): Promise<string>;
}

/** Registers a test of whole runs, with three photographs in `images` and two others in `val`. */
export function runTest(name: string, body: (setting: RunSetting) => Promise<void>): void {
  cpuTest(name, () =>
    withTempDir(async (folder) => {
      const at = (...parts: string[]) => join(folder, ...parts);
      for (const [i, name] of ["images/a", "images/b", "images/c", "val/x", "val/y"].entries()) {
        await writePicture(at(`${name}.png`), photo(40 + 9 * i, 50));
      }
      const train = async (run: string, options: TrainRunOptions = {}) => {
        const settings = { ...TINY_RUN, images: at("images"), ...options.settings };
        const { state, best, data } = await openState(at(run, "checkpoint.safetensors"));
        try {
          return await runTraining({
            task: options.task ?? reconstruction({ steps: settings.steps!, learningRate: 1e-2 }),
            catalogUrl: import.meta.resolve("../../tasks/mod.ts"),
            state,
            settings,
            best,
            dataBefore: data,
            command: "train",
            ...(options.now === undefined ? {} : { now: options.now }),
            folder: at(run),
            backend: await useBackend("cpu"),
            io: options.io ?? fakeCommandIo(),
          });
        } finally {
          disposeTrainingState(state);
        }
      };
      const hash = async (run: string, name: string) =>
        await sha256(await Deno.readFile(at(run, name)));
      await body({ at, train, hash });
    }));
}

async function openState(checkpoint: string) {
  if (await Deno.stat(checkpoint).then(() => true, () => false)) {
    const { state, best, data } = await readCheckpoint(checkpoint);
    return { state, best, data };
  }
  const config = PRESETS.tiny;
  const parameters = initializeParameters(config, createRandom(7));
  const state: TrainingState = { config, parameters, optimizer: new Map(), step: 0 };
  return { state, best: undefined, data: undefined };
}
