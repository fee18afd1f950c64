/**
 * A run that was stopped and goes on from its checkpoint is the run that was not stopped.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCheckpoint, writeCheckpoint } from "../../src/checkpoint/checkpoint.ts";
import { encodeWeights, readNetwork } from "../../src/checkpoint/weights.ts";
import { disposeParameters, initializeParameters } from "../../src/model/parameters.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import { createRandom } from "../../src/random.ts";
import type { TrainingTask } from "../../src/task/types.ts";
import { train } from "../../src/training/loop.ts";
import { disposeTrainingState, type TrainingState } from "../../src/training/state.ts";
import { freezeBatchNorm } from "../../tasks/freezes/batch_norm.ts";
import { reconstruction } from "../../tasks/recipes/reconstruction.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { drawBatch } from "./samples.ts";
import { snapshot } from "./snapshot.ts";

const CROPS = { seed: 5, batchSize: 2, size: 16 } as const;

/** The encoder's batch norm is held from the third step on: its moments stop there. */
const TASK: TrainingTask = {
  ...reconstruction({ steps: 4, learningRate: 1e-2 }),
  freezes: [freezeBatchNorm({ fromStep: 2 })],
};

function freshState(): TrainingState {
  const config = { ...PRESETS.tiny, base: "pyramid" } as const;
  const parameters = initializeParameters(config, createRandom(CROPS.seed));
  return { config, parameters, optimizer: new Map(), step: 0 };
}

/** Trains to a step, and gives the losses from there on. */
async function trainTo(steps: number, state: TrainingState): Promise<number[]> {
  const reports = train({ ...TASK, steps }, state, {
    batch: (step) => drawBatch(step, CROPS),
    size: CROPS.size,
    reportEvery: 1,
  });
  return (await Array.fromAsync(reports)).map(({ total }) => total);
}

cpuTest(
  "four steps are two steps, a checkpoint and two more, to the bit",
  () =>
    withTempDir(async (folder) => {
      const whole = freshState();
      const losses = await trainTo(4, whole);
      const expected = await snapshot(whole);
      disposeTrainingState(whole);

      const stopped = freshState();
      const path = join(folder, "checkpoint.safetensors");
      const before = await trainTo(2, stopped);
      await writeCheckpoint(path, { state: stopped, run: '{"note":"x"}' });
      disposeTrainingState(stopped);

      const { state, run } = await readCheckpoint(path);
      assert.equal(run, '{"note":"x"}');
      assert.equal(state.step, 2);
      const after = await trainTo(4, state);
      assert.deepEqual([...before, ...after], losses);
      assert.deepEqual(await snapshot(state), expected);
      disposeTrainingState(state);
    }),
);

cpuTest(
  "a checkpoint holds a state to the bit: network, moments, counts, step",
  () =>
    withTempDir(async (folder) => {
      const state = freshState();
      await trainTo(3, state);
      const path = join(folder, "checkpoint.safetensors");
      await writeCheckpoint(path, { state, run: "{}" });
      const read = await readCheckpoint(path);
      assert.deepEqual(read.state.config, state.config);
      assert.deepEqual(await snapshot(read.state), await snapshot(state));
      // Held for one of three steps.
      assert.equal(read.state.optimizer.get("encoder/2/batch_norm/gamma")!.updates, 2);
      assert.equal(read.state.optimizer.get("encoder/2/kernel")!.updates, 3);
      disposeTrainingState(state);
      disposeTrainingState(read.state);
    }),
);

cpuTest("a run repeats itself to the bit, and another seed does not", async () => {
  const [first, second] = [freshState(), freshState()];
  assert.deepEqual(await trainTo(2, first), await trainTo(2, second));
  assert.deepEqual(await snapshot(first), await snapshot(second));
  const { config } = first;
  const other: TrainingState = {
    config,
    parameters: initializeParameters(config, createRandom(6)),
    optimizer: new Map(),
    step: 0,
  };
  await trainTo(2, other);
  assert.notDeepEqual(await snapshot(other), await snapshot(first));
  for (const state of [first, second, other]) disposeTrainingState(state);
});

cpuTest(
  "weights hold the network of a run to the bit, without its moments",
  () =>
    withTempDir(async (folder) => {
      const state = freshState();
      await trainTo(1, state);
      const path = join(folder, "weights.safetensors");
      const notes = { recipe: "r", steps: 1, data: "d", licence: "l", commit: "c" };
      await Deno.writeFile(path, await encodeWeights(state.config, state.parameters, notes));
      const { config, parameters } = await readNetwork(path);
      assert.deepEqual(config, state.config);
      const { network } = await snapshot({ config, parameters, optimizer: new Map(), step: 0 });
      assert.deepEqual(network, (await snapshot(state)).network);
      disposeParameters(parameters);
      disposeTrainingState(state);
    }),
);
