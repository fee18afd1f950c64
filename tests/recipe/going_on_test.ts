/**
 * What a run on disk does when it is stopped between two lines of its log, takes long, is over, or finds other files.
 */
import assert from "node:assert/strict";
import { readMetadata } from "../../src/checkpoint/checkpoint.ts";
import { namesIn } from "../../src/commands/train/run_folder.ts";
import { photo, writePicture } from "../cli/pictures.ts";
import { readTimeless } from "../cli/train_setting.ts";
import { fakeCommandIo } from "../unit/commands/fake_command_io.ts";
import { type RunSetting, runTest } from "./run_setting.ts";

const FILES = ["checkpoint.safetensors", "weights.safetensors"];

async function assertSameRuns({ at, hash }: RunSetting, a: string, b: string): Promise<void> {
  for (const name of FILES) assert.equal(await hash(a, name), await hash(b, name), name);
  assert.deepEqual(await readTimeless(at(a, "log.jsonl")), await readTimeless(at(b, "log.jsonl")));
}

runTest(
  "a run that is stopped between two lines of the log logs the same means",
  async (setting) => {
    const { at, train } = setting;
    const settings = { reportEvery: 5, checkpointEvery: 3 };
    assert.equal(await train("whole", { settings }), 0);
    const controller = new AbortController();
    // Ctrl-C as the run begins, by the first look at its clock: it stops after one step.
    const io = fakeCommandIo(controller.signal);
    const stop = { settings, io, now: () => (controller.abort(), 0) };
    assert.equal(await train("stopped", stop), 130);
    const stored = await readMetadata(at("stopped/checkpoint.safetensors"));
    assert.equal(stored!["step"], "1");
    assert.equal(JSON.parse(stored!["losses"]!).total.steps, 1);
    assert.equal(await train("stopped", { settings }), 0);
    await assertSameRuns(setting, "stopped", "whole");
    const lines = await readTimeless(at("whole/log.jsonl"));
    assert.deepEqual(lines.map(({ step }) => step), [5, 8]);
  },
);

runTest(
  "a slow run stores its state at a report after ten minutes, which changes no bit",
  async (setting) => {
    const { at, train } = setting;
    const settings = { checkpointEvery: 8, reportEvery: 2, keepEvery: 8 };
    assert.equal(await train("fast", { settings, now: () => 0 }), 0);
    const steps: number[] = [];
    let minutes = 0;
    // Two steps take five minutes.
    const controller = new AbortController();
    const io = fakeCommandIo(controller.signal);
    const update = io.progress.update;
    io.progress.update = (line) => {
      update(line);
      const step = Number(/^step (\d+) /.exec(line.text)?.[1]);
      if (Number.isNaN(step)) return;
      minutes = 5 * (step / 2);
      steps.push(step);
      // Killed here: what is stored is what came before.
      if (step === 6) throw new Error("killed");
    };
    await assert.rejects(train("slow", { settings, io, now: () => 60_000 * minutes }), /killed/);
    assert.deepEqual(steps, [2, 4, 6]);
    assert.equal((await readMetadata(at("slow/checkpoint.safetensors")))!["step"], "4");
    assert.equal(await train("slow", { settings, now: () => 0 }), 0);
    await assertSameRuns(setting, "slow", "fast");
  },
);

runTest("a run that is over stays as it is", async ({ at, train, hash }) => {
  assert.equal(await train("run"), 0);
  const names = await namesIn(at("run"));
  const state = () =>
    Promise.all(names.map(async (name) => {
      const { isFile, mtime } = await Deno.stat(at("run", name));
      return isFile ? [name, mtime, await hash("run", name)] : [name];
    }));
  const before = await state();
  const io = fakeCommandIo();
  assert.equal(await train("run", { io, settings: { reportEvery: 1 } }), 0);
  assert.deepEqual(io.said, [
    `nothing is left to do: "${at("run")}" is at step 8 of 8, --steps must be more`,
  ]);
  assert.deepEqual(await namesIn(at("run")), names);
  assert.deepEqual(await state(), before);
  assert.equal(await train("run", { settings: { steps: 9 } }), 0);
  assert.equal((await readMetadata(at("run/checkpoint.safetensors")))!["step"], "9");
});

runTest("a run that goes on with other images says so", async ({ at, train }) => {
  const warnings = async (steps: number) => {
    const io = fakeCommandIo();
    assert.equal(await train("run", { io, settings: { steps } }), 0);
    return io.said.filter((line) => line.startsWith("warning: "));
  };
  assert.deepEqual(await warnings(1), []);
  assert.deepEqual(await warnings(2), [], "the same images");
  await writePicture(at("images/d.png"), photo(50, 50));
  const rest = "the run goes on, but not to the same bits";
  assert.deepEqual(await warnings(3), [
    `warning: the images differ from those of the checkpoint: 4 now, 3 then; ${rest}`,
  ]);
  assert.deepEqual(await warnings(4), [], "the checkpoint knows the new images");
  await Deno.rename(at("images/d.png"), at("images/e.png"));
  assert.deepEqual(await warnings(5), [
    `warning: the images differ from those of the checkpoint: 4 now, 4 then; ${rest}`,
  ]);
});
