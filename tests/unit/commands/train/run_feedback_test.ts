import assert from "node:assert/strict";
import { join } from "node:path";
import { openFeedback } from "../../../../src/commands/train/run_feedback.ts";
import { RUN_FILES } from "../../../../src/commands/train/run_folder.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import type { StepReport } from "../../../../src/training/loop.ts";
import type { Validation } from "../../../../src/training/validate.ts";
import { reconstruction } from "../../../../tasks/recipes/reconstruction.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { TINY_RUN } from "./run_setting.ts";

const REPORT: StepReport = {
  step: 2,
  total: 1.5,
  parts: { valid: 0.5, hole: 0.25 },
  learningRate: 1e-3,
  held: [],
  stepMs: 10,
  waitShare: 0.25,
};
const MEANS = { count: 1, l1Percent: 2, psnr: 20, ssim: 0.5, holePsnr: 15 };
const VALIDATION: Validation = {
  scores: { ...MEANS, bins: [{ bin: "(0.01, 0.1]", ...MEANS }] },
  fills: [{
    pair: { name: "a.png", rgb255: new Uint8Array(768), holeMask: new Uint8Array(256).fill(1) },
    raw: new Uint8Array(768).fill(9),
    composite: new Uint8Array(768).fill(9),
  }],
};

function optionsFor(folder: string, stepsDone: number) {
  return {
    folder,
    task: reconstruction({ steps: 8 }),
    config: PRESETS.tiny,
    settings: TINY_RUN,
    stepsDone,
    leftOut: [{ path: "bad.png", message: "Cannot read it" }],
  };
}

const isEvents = (name: string) => name.startsWith("events.out.tfevents.");

Deno.test("openFeedback() writes lines, events and a preview sheet, and nothing before there is something", () =>
  withTempDir(async (folder) => {
    const feedback = await openFeedback(optionsFor(folder, 0));
    assert.deepEqual(await listFiles(folder), []);
    await feedback.logged(REPORT);
    await feedback.validated(4, VALIDATION, 12.4);
    const names = await listFiles(folder);
    assert.deepEqual(names.filter((name) => !isEvents(name)), [
      "log.jsonl",
      "previews/step-000004.png",
      "validation.jsonl",
    ]);
    assert.equal(names.filter(isEvents).length, 1);
    const read = (name: string) => Deno.readTextFile(join(folder, name));
    assert.deepEqual(JSON.parse(await read("log.jsonl")), REPORT);
    assert.deepEqual(JSON.parse(await read("validation.jsonl")), {
      step: 4,
      ...VALIDATION.scores,
      elapsedMs: 12,
    });
    const sheet = await Deno.readFile(join(folder, "previews/step-000004.png"));
    const { width, height } = await decodeImage(sheet, { name: "sheet" });
    assert.ok(width > height);
  }));

Deno.test("openFeedback() begins an event file per process, and takes those of a lost beginning away", () =>
  withTempDir(async (folder) => {
    await (await openFeedback(optionsFor(folder, 0))).logged(REPORT);
    await (await openFeedback(optionsFor(folder, 2))).logged({ ...REPORT, step: 4 });
    await (await openFeedback(optionsFor(folder, 2))).logged({ ...REPORT, step: 4 });
    const events = (await listFiles(folder)).filter(isEvents);
    assert.equal(events.length, 3);
    await openFeedback(optionsFor(folder, 0));
    assert.deepEqual((await listFiles(folder)).filter(isEvents), []);
  }));

Deno.test("openFeedback() writes a report of all that is there", () =>
  withTempDir(async (folder) => {
    const feedback = await openFeedback(optionsFor(folder, 0));
    await feedback.report("running", { best: undefined });
    assert.ok((await Deno.readTextFile(join(folder, RUN_FILES.report))).startsWith("<!"));
    await feedback.logged(REPORT);
    for (let step = 1; step <= 30; step++) await feedback.validated(step, VALIDATION, 1);
    await feedback.report("diverged", {
      best: { step: 4, holePsnr: 15 },
      note: "Training diverged at step 5: hole = NaN",
    });
    const html = await Deno.readTextFile(join(folder, RUN_FILES.report));
    assert.match(html, /diverged at step 5: hole = NaN/);
    assert.match(html, /bad\.png/);
    const images = html.match(/data:image\/png;base64,/g)!.length;
    assert.ok(images >= 2 && images <= 24, `${images} pictures`);
  }));
