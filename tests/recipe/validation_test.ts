/**
 * A run that measures itself: training does not notice, and nothing of it gets lost.
 */
import assert from "node:assert/strict";
import { decodeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { planData } from "../../src/commands/train/run_data.ts";
import { namesIn, stepFile } from "../../src/commands/train/run_folder.ts";
import { decodeImage } from "../../src/data/decode_image.ts";
import { readTimeless } from "../cli/train_setting.ts";
import { type FakeCommandIo, fakeCommandIo } from "../unit/commands/fake_command_io.ts";
import { writePhotos } from "../unit/commands/train/run_setting.ts";
import { runTest } from "./run_setting.ts";

runTest("validation changes no bit of the training", async ({ at, train, hash }) => {
  const validation = at("val");
  assert.equal(await train("without"), 0);
  assert.equal(await train("with", { settings: { validation, validateEvery: 1 } }), 0);
  const hashOf = (run: string) => hash(run, "weights.safetensors");
  assert.equal(await hashOf("with"), await hashOf("without"));
  const lines = await readTimeless(at("with/validation.jsonl"));
  assert.deepEqual(lines.map(({ step }) => step), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(lines.map(({ count }) => count), new Array(8).fill(3));
  assert.notEqual(lines[0]!["holePsnr"], lines[7]!["holePsnr"]);
  assert.deepEqual(
    await readTimeless(at("with/log.jsonl")),
    await readTimeless(at("without/log.jsonl")),
  );
  assert.deepEqual(await namesIn(at("without/previews")), []);
});

runTest(
  "a run validates every few steps and at its end, and keeps the best weights",
  async ({ at, train }) => {
    const io = fakeCommandIo();
    const settings = { validation: at("val"), validateEvery: 3, previews: 2, keepEvery: 1 };
    assert.equal(await train("run", { settings, io }), 0);
    const lines = await readTimeless(at("run/validation.jsonl"));
    assert.deepEqual(lines.map(({ step }) => step), [3, 6, 8]);
    assert.deepEqual(await namesIn(at("run/previews")), [
      "step-000003.png",
      "step-000006.png",
      "step-000008.png",
    ]);
    const sheet = await Deno.readFile(at("run/previews/step-000008.png"));
    assert.ok((await decodeImage(sheet, { name: "sheet" })).width > 5 * 32);
    assert.ok(io.shown.includes("validating 2/3") && io.shown.includes("validating 3/3"));
    assert.ok(io.shown.some((text) => /images\/s {2}data wait \d+ %$/.test(text)), io.shown.join());

    const best = lines.reduce((a, b) => b["holePsnr"] > a["holePsnr"] ? b : a);
    assert.match(
      io.said.at(-1)!,
      new RegExp(
        `\\(best at step ${best["step"]}, hole PSNR ${best["holePsnr"].toFixed(2)} dB\\)$`,
      ),
    );
    let most = -Infinity;
    const told = lines.map(({ step, holePsnr, psnr, ssim, l1Percent }) => {
      const isBest = holePsnr > most;
      most = Math.max(most, holePsnr);
      return `step ${step}: hole PSNR ${holePsnr.toFixed(2)} dB${
        isBest ? " (best so far)" : ""
      }, ` +
        `PSNR ${psnr.toFixed(2)} dB, SSIM ${ssim.toFixed(4)}, l1 ${l1Percent.toFixed(2)} %`;
    });
    assert.deepEqual(io.said.filter((line) => line.startsWith("step ")), told);
    const read = async (name: string) =>
      decodeSafetensors(await Deno.readFile(at("run", name)), { name });
    const weights = await read("best.safetensors");
    assert.equal(weights.metadata["steps"], String(best["step"]));
    const kept = await read(`checkpoints/${stepFile(best["step"], "safetensors")}`);
    assert.deepEqual(JSON.parse(kept.metadata["best"]!), {
      step: best["step"],
      holePsnr: best["holePsnr"],
    });
    for (const [name, { data }] of weights.tensors) {
      assert.deepEqual(data, kept.tensors.get(`network/${name}`)!.data, name);
    }
  },
);

runTest("a run never trains on what it holds out", async ({ at, train, hash }) => {
  // Folders of one name, since weights say what they were trained on.
  const [whole, rest] = [at("whole/photos"), at("rest/photos")];
  await writePhotos(whole, 21);
  const plan = await planData({ images: whole, validation: "auto", seed: 1 });
  assert.equal(plan.validation.length, 4);
  await Deno.mkdir(rest, { recursive: true });
  for (const path of plan.training) {
    await Deno.copyFile(path, path.replace(whole, rest));
  }
  assert.equal(await train("a", { settings: { images: whole, validation: "auto" } }), 0);
  assert.equal(await train("b", { settings: { images: rest, validation: "none" } }), 0);
  assert.equal(await train("c", { settings: { images: whole, validation: "none" } }), 0);
  const hashes = await Promise.all(["a", "b", "c"].map((run) => hash(run, "weights.safetensors")));
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2], "the images that are held out make no difference");
});

/** Presses Ctrl-C when the progress line says so. */
function stoppedAt(text: string): FakeCommandIo {
  const controller = new AbortController();
  const io = fakeCommandIo(controller.signal);
  const update = io.progress.update;
  io.progress.update = (line) => {
    update(line);
    if (line.text === text) controller.abort();
  };
  return io;
}

runTest("a validation that Ctrl-C cuts short is made up for", async ({ at, train, hash }) => {
  const settings = { validation: at("val"), validateEvery: 4, validationCount: 6 };
  assert.equal(await train("whole", { settings }), 0);
  const io = stoppedAt("validating 2/6");
  assert.equal(await train("cut", { settings, io }), 130);
  assert.deepEqual(await namesIn(at("cut/previews")), []);
  assert.match(io.said.at(-1)!, /^interrupted at step 4 /);
  assert.ok(io.said.at(-1)!.endsWith(`, go on with: pconv train --resume ${at("cut")}`));
  assert.equal(await train("cut", { settings }), 0);
  for (const name of ["log.jsonl", "validation.jsonl"]) {
    assert.deepEqual(await readTimeless(at("cut", name)), await readTimeless(at("whole", name)));
  }
  for (const name of ["weights.safetensors", "best.safetensors", "checkpoint.safetensors"]) {
    assert.equal(await hash("cut", name), await hash("whole", name), name);
  }
});

runTest("best weights that a kill kept from being written are made up for", async (setting) => {
  const { at, train, hash } = setting;
  const settings = { steps: 4, validation: at("val"), validateEvery: 4, validationCount: 6 };
  assert.equal(await train("whole", { settings }), 0);
  const io = stoppedAt("validating 2/6");
  assert.equal(await train("killed", { settings, io }), 130);
  // As if it had been made up for, and killed right after the line.
  await Deno.copyFile(at("whole/validation.jsonl"), at("killed/validation.jsonl"));
  assert.equal(await train("killed", { settings }), 0);
  for (const name of ["best.safetensors", "checkpoint.safetensors"]) {
    assert.equal(await hash("killed", name), await hash("whole", name), name);
  }
});
