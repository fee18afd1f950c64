/**
 * Runs whose samples are lattices, pictures to be enlarged, for a share: to the bit when they are stopped, or shared
 * between threads.
 */
import assert from "node:assert/strict";
import { readMetadata } from "../../src/checkpoint/checkpoint.ts";
import { superres } from "../../tasks/recipes/superres.ts";
import { readTimeless } from "../cli/train_setting.ts";
import { fakeCommandIo } from "../unit/commands/fake_command_io.ts";
import { runTest } from "./run_setting.ts";

const TASK = superres({ steps: 4, learningRate: 1e-2 });
const SETTINGS = {
  ...{ recipe: "superres", steps: 4, batch: 2, latticeShare: 0.5, scales: [2, 4] as const },
  ...{ reportEvery: 1, checkpointEvery: 1, validateEvery: 2, validationCount: 6 },
};

runTest("a run with lattices goes on to the same bits", async ({ at, train, hash }) => {
  const settings = { ...SETTINGS, validation: at("val") };
  const io = fakeCommandIo();
  assert.equal(await train("whole", { task: TASK, settings, io }), 0);
  const controller = new AbortController();
  const stopping = fakeCommandIo(controller.signal);
  // Ctrl-C as the run begins, by the first look at its clock: it stops after one step.
  const stop = { task: TASK, settings, io: stopping, now: () => (controller.abort(), 0) };
  assert.equal(await train("stopped", stop), 130);
  assert.equal((await readMetadata(at("stopped/checkpoint.safetensors")))!["step"], "1");
  assert.equal(await train("stopped", { task: TASK, settings }), 0);
  for (const name of ["weights.safetensors", "checkpoint.safetensors", "best.safetensors"]) {
    assert.equal(await hash("stopped", name), await hash("whole", name), name);
  }
  for (const name of ["log.jsonl", "validation.jsonl"]) {
    assert.deepEqual(
      await readTimeless(at("stopped", name)),
      await readTimeless(at("whole", name)),
    );
  }
  // Half of the six pairs; the three others fall into bins 0, 1 and 2.
  const [line] = await readTimeless(at("whole/validation.jsonl"));
  assert.equal(line!["count"], 6);
  const bins = line!["bins"] as unknown as { bin: string; count: number; holePsnr: number }[];
  assert.deepEqual(bins.at(-1)!.bin, "lattice");
  assert.equal(bins.at(-1)!.count, 3);
  const holes = bins.slice(0, -1).reduce((sum, { count, holePsnr }) => sum + count * holePsnr, 0);
  const told = io.said.find((text) => text.startsWith("step 2: hole PSNR"))!;
  const kinds = `(lattices ${bins.at(-1)!.holePsnr.toFixed(2)}, holes ${(holes / 3).toFixed(2)})`;
  assert.ok(told.includes(kinds), `${told} has ${kinds}`);
});

runTest("the share and the scales decide what a run with lattices becomes", async (setting) => {
  const { train, hash } = setting;
  const hashes = new Set<string>();
  const all = [{}, { latticeShare: 0 }, { latticeShare: 1 }, { scales: [4, 4] as const }];
  for (const [i, changes] of all.entries()) {
    assert.equal(await train(`${i}`, { task: TASK, settings: { ...SETTINGS, ...changes } }), 0);
    hashes.add(await hash(`${i}`, "weights.safetensors"));
  }
  assert.equal(hashes.size, 4);
  // Without lattices there is nothing for the scales to decide.
  const without = { ...SETTINGS, latticeShare: 0, scales: [4, 4] as const };
  assert.equal(await train("without", { task: TASK, settings: without }), 0);
  assert.equal(
    await hash("without", "weights.safetensors"),
    await hash("1", "weights.safetensors"),
  );
});
