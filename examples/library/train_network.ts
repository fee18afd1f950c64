/**
 * Composes a training task and trains the smallest network on a folder of pictures.
 *
 *   deno run -A examples/library/train_network.ts examples/photos 30
 */
import * as lib from "../../src/mod.ts";
import { cosine, hole, valid } from "../../tasks/mod.ts";

const [folder, steps] = [Deno.args[0]!, Number(Deno.args[1])];

// A task is composed of parts; a loss of one's own is a name and a function of tensors.
const task = lib.compose(
  "mine",
  lib.withLoss(valid(), 1),
  lib.withLoss(hole(), 6),
  lib.withLearningRate(cosine({ from: 1e-2, to: 1e-4, steps })),
  lib.withSteps(steps),
);

const backend = await lib.openBackend("cpu");
const { images } = await lib.listImages(folder);
const size = 64;
const paths = images.map(({ path }) => path);
const samples = lib.openSamples({ images: paths, size, batchSize: 4, seed: 1 });
const config = { ...lib.PRESETS.tiny, base: "pyramid" as const };
const parameters = lib.initializeParameters(config, lib.createRandom(1));
const state: lib.TrainingState = { config, parameters, optimizer: new Map(), step: 0 };

// The loop yields now and then; logs, checkpoints and stopping are up to you.
const batch = (step: number) => samples.batch(step);
for await (const report of lib.train(task, state, { batch, size, reportEvery: 10 })) {
  backend.assertHealthy();
  console.log(`step ${report.step}: loss ${report.total.toFixed(4)}`);
}
await samples.close();
lib.disposeTrainingState(state);
