import assert from "node:assert/strict";
import { join } from "node:path";
import { readCheckpoint, readMetadata } from "../../../../src/checkpoint/checkpoint.ts";
import {
  type CheckpointsOptions,
  checkStoredStep,
  openCheckpoints,
} from "../../../../src/commands/train/run_checkpoints.ts";
import { RUN_FILES } from "../../../../src/commands/train/run_folder.ts";
import { UsageError } from "../../../../src/errors.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { disposeTrainingState } from "../../../../src/training/state.ts";
import { reconstruction } from "../../../../tasks/recipes/reconstruction.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { formulaState } from "../../../support/tiny_run.ts";
import { TINY_RUN } from "./run_setting.ts";

/** Runs a test with a state and a folder to store it in. */
function checkpointTest(
  name: string,
  body: (options: CheckpointsOptions & { at: (name: string) => string }) => Promise<void>,
) {
  cpuTest(name, () =>
    withTempDir(async (folder) => {
      const state = formulaState(PRESETS.tiny);
      await body({
        folder,
        state,
        task: reconstruction({ steps: 8 }),
        settings: TINY_RUN,
        best: undefined,
        at: (name) => join(folder, name),
      });
      disposeTrainingState(state);
    }));
}

/** Steps that files of a run state: checkpoint, weights, best weights, best validation. */
async function storedSteps(at: (name: string) => string) {
  const [checkpoint, weights, best] = await Promise.all(
    [RUN_FILES.checkpoint, RUN_FILES.weights, RUN_FILES.best].map((name) => readMetadata(at(name))),
  );
  const known = checkpoint?.["best"] === undefined ? undefined : JSON.parse(checkpoint["best"]);
  return [checkpoint?.["step"], weights?.["steps"], best?.["steps"], known?.step];
}

checkpointTest("save() stores the last state, and the best one beside it", async (options) => {
  const { state, at, folder } = options;
  const checkpoints = await openCheckpoints(options);
  assert.equal(checkpoints.savedStep, undefined);
  state.step = 4;
  await checkpoints.save();
  assert.deepEqual(await storedSteps(at), ["4", "4", undefined, undefined]);
  assert.deepEqual(await listFiles(folder), [RUN_FILES.checkpoint, RUN_FILES.weights]);
  assert.equal(checkpoints.savedStep, 4);
  state.step = 6;
  assert.ok(checkpoints.isBetter(20));
  await checkpoints.save(20);
  assert.deepEqual(await storedSteps(at), ["6", "6", "6", 6]);
  state.step = 8;
  assert.ok(!checkpoints.isBetter(20), "no better than before");
  await checkpoints.save(19);
  assert.deepEqual(await storedSteps(at), ["8", "8", "6", 6]);
  assert.deepEqual(checkpoints.best, { step: 6, holePsnr: 20 });
  assert.ok(checkpoints.isBetter(20.01));
});

checkpointTest(
  "save() writes a state once, unless it turns out to be the best",
  async (options) => {
    const { state, at } = options;
    const checkpoints = await openCheckpoints(options);
    state.step = 4;
    await checkpoints.save();
    const inode = async () => (await Deno.stat(at(RUN_FILES.checkpoint))).ino;
    const first = await inode();
    await checkpoints.save();
    assert.equal(await inode(), first);
    await checkpoints.save(20);
    assert.notEqual(await inode(), first);
    assert.deepEqual(await storedSteps(at), ["4", "4", "4", 4]);
  },
);

checkpointTest("save() keeps a copy every so many steps", async (options) => {
  const { state, at } = options;
  const checkpoints = await openCheckpoints({
    ...options,
    settings: { ...TINY_RUN, keepEvery: 3 },
  });
  for (const step of [3, 4, 6]) {
    state.step = step;
    await checkpoints.save();
  }
  const kept = await listFiles(at(RUN_FILES.kept));
  assert.deepEqual(kept, ["step-000003.safetensors", "step-000006.safetensors"]);
  assert.deepEqual(
    await Deno.readFile(at("checkpoints/step-000006.safetensors")),
    await Deno.readFile(at(RUN_FILES.checkpoint)),
  );
});

checkpointTest(
  "openCheckpoints() makes up for a best state that a killed run did not write",
  async (options) => {
    const { state, at } = options;
    state.step = 4;
    await (await openCheckpoints(options)).save(20);
    const weights = await Deno.readFile(at(RUN_FILES.best));
    const { best, state: read } = await readCheckpoint(at(RUN_FILES.checkpoint));
    disposeTrainingState(read);
    await Deno.remove(at(RUN_FILES.best));
    const again = await openCheckpoints({ ...options, best });
    assert.deepEqual(await Deno.readFile(at(RUN_FILES.best)), weights);
    assert.deepEqual(again.best, { step: 4, holePsnr: 20 });
    assert.equal(again.savedStep, 4);
  },
);

checkpointTest(
  "openCheckpoints() makes up for a copy that a killed run did not write",
  async (options) => {
    const { state, at } = options;
    const settings = { ...TINY_RUN, keepEvery: 2 };
    state.step = 4;
    await (await openCheckpoints({ ...options, settings })).save();
    const copy = at("checkpoints/step-000004.safetensors");
    const bytes = await Deno.readFile(copy);
    await Deno.remove(copy);
    await openCheckpoints({ ...options, settings });
    assert.deepEqual(await Deno.readFile(copy), bytes);
  },
);

checkpointTest(
  "openCheckpoints() forgets a best state that is not in the folder",
  async (options) => {
    const { state } = options;
    state.step = 6;
    const checkpoints = await openCheckpoints({ ...options, best: { step: 4, holePsnr: 20 } });
    assert.equal(checkpoints.best, undefined);
    assert.ok(checkpoints.isBetter(1));
  },
);

checkpointTest("isOverdue() is so ten minutes after the last state was stored", async (options) => {
  const { state } = options;
  let nowMs = 5_000;
  const checkpoints = await openCheckpoints({ ...options, now: () => nowMs });
  const isOverdueAfter = (ms: number) => {
    nowMs += ms;
    return checkpoints.isOverdue();
  };
  assert.deepEqual([599_999, 1].map(isOverdueAfter), [false, true]);
  state.step = 4;
  await checkpoints.save();
  assert.deepEqual([0, 599_999, 1].map(isOverdueAfter), [false, false, true]);
});

checkpointTest("save() that cannot write says what is kept", async (options) => {
  const { state, at, folder } = options;
  const checkpoints = await openCheckpoints({
    ...options,
    settings: { ...TINY_RUN, keepEvery: 6 },
  });
  state.step = 4;
  await checkpoints.save();
  const before = await Deno.readFile(at(RUN_FILES.checkpoint));
  await Deno.writeTextFile(at(RUN_FILES.kept), "in the way");
  state.step = 6;
  await assert.rejects(checkpoints.save(), {
    name: "InputError",
    message: /^Cannot write ".*step-000006\.safetensors": /,
    hint: `Make room, and go on from step 6 with --resume ${folder}`,
  });
  // The checkpoint itself was written first.
  assert.notDeepEqual(await Deno.readFile(at(RUN_FILES.checkpoint)), before);
  assert.equal(checkpoints.savedStep, 6);
});

checkpointTest("checkStoredStep() refuses a folder that holds another state", async (options) => {
  const { state, folder, at } = options;
  await checkStoredStep(folder, 0);
  await checkStoredStep(folder, 4);
  state.step = 4;
  await (await openCheckpoints(options)).save();
  await checkStoredStep(folder, 4);
  await assert.rejects(
    checkStoredStep(folder, 2),
    new UsageError(`Cannot go on from step 2 in "${folder}": its checkpoint is of step 4`, {
      hint: "Give --output a new folder",
    }),
  );
  for (const name of [RUN_FILES.checkpoint, RUN_FILES.weights]) {
    await assert.rejects(
      checkStoredStep(folder, 0),
      new UsageError(
        `Cannot start a run in "${folder}": it holds "${name}", --output must be a new folder`,
      ),
    );
    await Deno.remove(at(name));
  }
  await checkStoredStep(folder, 0);
});

checkpointTest(
  "checkStoredStep() lets a run go on that stored its given weights",
  async (options) => {
    const { state, folder } = options;
    state.step = 0;
    await (await openCheckpoints(options)).save(20);
    await checkStoredStep(folder, 0);
    await assert.rejects(checkStoredStep(folder, 4), UsageError);
  },
);
