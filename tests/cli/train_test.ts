import assert from "node:assert/strict";
import { decodeSafetensors } from "../../src/checkpoint/safetensors.ts";
import type { StepReport } from "../../src/training/loop.ts";
import { assertExit, listFiles, startCli } from "../support/run_cli.ts";
import {
  assertKnownKept,
  maskPicture,
  middle,
  photo,
  readPicture,
  writePicture,
} from "./pictures.ts";
import { CPU, readTimeless, type TrainSetting, untilFile, withTraining } from "./train_setting.ts";

const RUN_FILES = [
  ".lock",
  "checkpoint.safetensors",
  "config.json",
  "log.jsonl",
  "report.html",
  "weights.safetensors",
];
/** A run that is long enough to be stopped on its way. */
const RUN = ["--images", "images", "--preset", "tiny", "--steps", "24"];
const OFTEN = ["--checkpoint-every", "4", "--report-every", "2"];

/** Files of a run, but for those of TensorBoard, whose names hold the time. */
async function runFiles({ at }: TrainSetting, run: string): Promise<string[]> {
  return (await listFiles(at(run))).filter((name) => !name.startsWith("events.out.tfevents."));
}

/** Starts a run, presses Ctrl-C (or sends another signal) once it has a checkpoint, and returns code and stderr. */
async function interrupt(setting: TrainSetting, run: string, signal: Deno.Signal = "SIGINT") {
  const child = startCli(["train", ...CPU, ...RUN, ...OFTEN, "-o", run], { cwd: setting.folder });
  await child.stdin.close();
  const stderr = new Response(child.stderr).text();
  const stdout = new Response(child.stdout).text();
  await untilFile(setting.at(run, "checkpoint.safetensors"));
  child.kill(signal);
  const { code } = await child.status;
  assert.equal(await stdout, "");
  return { code, stderr: await stderr };
}

async function stepOf({ at }: TrainSetting, run: string): Promise<number> {
  const name = at(run, "checkpoint.safetensors");
  return Number(decodeSafetensors(await Deno.readFile(name), { name }).metadata["step"]);
}

Deno.test("train writes a run folder, and an interrupted run resumes to the same bits", async () => {
  await withTraining(async (setting) => {
    const { at, pconv, weightsHash } = setting;
    await Deno.writeTextFile(at("images/broken.png"), "no picture");
    const whole = await pconv("train", ...CPU, ...RUN, ...OFTEN, "-o", "whole");
    assertExit(whole, 0);
    assert.equal(whole.stdout.length, 0);
    assert.match(
      whole.stderr,
      new RegExp(
        "^device: cpu, [^\\n]+\\n" +
          "validation: none: 5 images are too few to hold some out \\(20 needed\\); " +
          "name others with --validation\\n" +
          'training: 5 images, task "reconstruction", steps 0 to 24\\n' +
          'warning: left out "images/broken\\.png": Cannot read image "images/broken\\.png": ' +
          "file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP\\n" +
          'warning: left out 1 file in all, listed in "whole/report\\.html"\\n' +
          "done at step 24 after \\d+\\.\\d min: whole/weights\\.safetensors\\n$",
      ),
      whole.story,
    );
    assert.deepEqual(await runFiles(setting, "whole"), RUN_FILES);
    const log = await readTimeless(at("whole/log.jsonl"));
    assert.deepEqual(log.map(({ step }) => step), [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
    for (const { total, parts, learningRate, held } of log as StepReport[]) {
      assert.deepEqual(Object.keys(parts), ["valid", "hole"]);
      assert.ok(Math.abs(total - (parts["valid"]! + 6 * parts["hole"]!)) < 1e-5 * total);
      assert.ok(learningRate > 0 && learningRate <= 1e-3);
      assert.deepEqual(held, []);
    }
    const expected = await weightsHash("whole");

    const stopped = await interrupt(setting, "stopped");
    assert.equal(stopped.code, 130, stopped.stderr);
    const step = await stepOf(setting, "stopped");
    assert.ok(step < 24, "it was done before it was interrupted");
    assert.match(
      stopped.stderr,
      /\nStopping at the next safe point; press Ctrl-C again to stop at once\n/,
    );
    assert.match(
      stopped.stderr,
      new RegExp(
        `\\ninterrupted at step ${step} after \\d+\\.\\d min: stopped/weights\\.safetensors, ` +
          "go on with: pconv train --resume stopped\\n$",
      ),
    );
    assert.deepEqual(await runFiles(setting, "stopped"), RUN_FILES);
    const again = await pconv(
      "train",
      ...CPU,
      "--resume",
      "stopped/checkpoint.safetensors",
      ...OFTEN,
    );
    assertExit(again, 0);
    assert.equal(await weightsHash("stopped"), expected);
    assert.deepEqual(await readTimeless(at("stopped/log.jsonl")), log);

    const idle = await pconv("train", ...CPU, "--resume", "whole");
    assertExit(idle, 0);
    assert.match(
      idle.stderr,
      /\nnothing is left to do: "whole" is at step 24 of 24, --steps must be more\n$/,
    );
    assert.equal(await weightsHash("whole"), expected);
  });
});

Deno.test({
  name: "train treats SIGTERM like Ctrl-C: it stores its state and exits with 130",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTraining(async (setting) => {
      const { code, stderr } = await interrupt(setting, "run", "SIGTERM");
      assert.equal(code, 130, stderr);
      const step = await stepOf(setting, "run");
      assert.match(stderr, new RegExp(`\\ninterrupted at step ${step} after `));
    }),
});

Deno.test("train refuses a folder that holds another run, and leaves that run alone", async () => {
  await withTraining(async ({ pconv, weightsHash }) => {
    const run = ["train", ...CPU, "--images", "images", "--preset", "tiny", "--steps", "1"];
    assertExit(await pconv(...run, "-o", "run"), 0);
    const before = await weightsHash("run");
    const again = await pconv(...run, "--seed", "2", "-o", "run");
    assertExit(again, 2);
    assert.equal(
      again.stderr,
      'error: Cannot start a run in "run": it holds a checkpoint, --output must be a new folder\n' +
        "hint: Go on with it by --resume run, or remove it\n",
    );
    assert.equal(await weightsHash("run"), before);

    assertExit(await pconv(...run, "--seed", "2", "-o", "other"), 0);
    assert.notEqual(await weightsHash("other"), before, "the seed changes nothing");
    const moved = await pconv("train", ...CPU, "--resume", "run", "--steps", "2", "-o", "other");
    assertExit(moved, 2);
    const longer = await pconv("train", ...CPU, "--resume", "run", "--steps", "2", "-o", "new");
    assertExit(longer, 0);
    assert.equal(await weightsHash("run"), before);
    assert.match(longer.stderr, /\ndone at step 2 after /);
    const shorter = await pconv("train", ...CPU, "-q", "--resume", "new", "--steps", "1");
    assertExit(shorter, 2);
    assert.equal(
      shorter.stderr,
      'error: Cannot resume "new" with --steps 1: it is at step 2, --steps must be at least 2\n',
    );
  });
});

Deno.test("train's weights fill holes, and finetune goes on from them with encoder batch norm held", async () => {
  await withTraining(async ({ at, pconv }) => {
    const small = ["--images", "images", "--preset", "tiny", "--base", "pyramid", "--steps", "3"];
    assertExit(await pconv("train", ...CPU, ...small, "-o", "run"), 0);

    const isHole = middle(40, 40);
    await writePicture(at("in.png"), photo(40, 40));
    await writePicture(at("mask.png"), maskPicture(40, 40, isHole));
    const weights = "run/weights.safetensors";
    const args = ["inpaint", ...CPU, "-w", weights, "in.png", "-m", "mask.png", "-o", "out.png"];
    assertExit(await pconv(...args), 0);
    assertKnownKept(photo(40, 40), await readPicture(at("out.png")), isHole);

    const tuned = await pconv(
      ...["finetune", ...CPU, "-w", weights, "--images", "images", "--steps", "2"],
      ...["--size", "32", "--batch", "2", "--learning-rate", "0.01", "-o", "tuned"],
      ...["--recipe", "reconstruction-finetune"],
    );
    assertExit(tuned, 0);
    assert.match(
      tuned.stderr,
      /\nbatch norm statistics are frozen from step 0 on: loss from \d\.\d{4} to \d\.\d{4}\n/,
    );
    const [before, after] = [at(weights), at("tuned/weights.safetensors")].map((name) =>
      decodeSafetensors(Deno.readFileSync(name), { name })
    );
    assert.deepEqual([...after!.tensors.keys()], [...before!.tensors.keys()]);
    for (const [name, { data }] of before!.tensors) {
      const isSame = data.every((value, i) => value === after!.tensors.get(name)!.data[i]);
      assert.equal(isSame, /^encoder\/\d\/batch_norm\//.test(name), name);
    }
    assert.equal(after!.metadata["network"], before!.metadata["network"]);
    assert.equal(after!.metadata["recipe"], "reconstruction-finetune");
  });
});

Deno.test("train refuses wrong requests before it begins, naming what is and what must be", async () => {
  await withTraining(async ({ at, pconv, folder }) => {
    await Deno.mkdir(at("empty"));
    await Deno.writeTextFile(at("text.safetensors"), "no weights");
    const tiny = ["--preset", "tiny", "--steps", "1", "-o", "run"];
    const trainHint = 'hint: Run "pconv train --help" for its flags and examples\n';
    const tuneHint = 'hint: Run "pconv finetune --help" for its flags and examples\n';
    const cases: readonly (readonly [number, readonly string[], string])[] = [
      [
        2,
        ["train", "--images", "images", "-o", "run", "--recipe", "reconstructoin"],
        'error: Unknown recipe "reconstructoin": did you mean "reconstruction"\n',
      ],
      [2, ["train", ...tiny], "error: Missing --images DIR or --resume DIR|FILE\n" + trainHint],
      [2, ["train", "--images", "images"], "error: Missing --output DIR\n" + trainHint],
      [
        2,
        ["train", "--images", "images", "-o", "run", "--preset", "large"],
        'error: --preset must be paper, lite or tiny: got "large"\n' + trainHint,
      ],
      [
        2,
        ["train", "--images", "images", ...tiny, "--mask-ratio", "0.2,1"],
        "error: Cannot use --mask-ratio 0.2,1: the upper bound is 1, must be above 0 and below 1\n",
      ],
      [
        2,
        ["train", "--images", "images", ...tiny, "--batch", "2", "--replicas", "3"],
        "error: Cannot share a batch of 2 between 3 replicas: --replicas must not exceed --batch\n",
      ],
      [
        2,
        ["train", "--resume", "gone"],
        'error: Cannot resume from "gone": there is no such file or folder\n',
      ],
      [
        2,
        ["train", "--resume", "gone", "--seed", "3"],
        "error: Cannot use --seed with --resume: the run keeps its own\n" + trainHint,
      ],
      [
        2,
        ["train", "--resume", "empty"],
        'error: Cannot resume from "empty": it holds no "checkpoint.safetensors"\n' +
        "hint: A run stores its first one after --checkpoint-every steps; if it ended before, " +
        "start it anew with the same command\n",
      ],
      [
        1,
        ["train", "--images", "gone", ...tiny],
        'error: Cannot list images in "gone": it does not exist\n',
      ],
      [
        1,
        ["train", "--images", "empty", ...tiny],
        'error: Cannot use image folder "empty": it holds no image ' +
        "(.png, .jpg, .webp, .gif, .tif, .avif, .bmp)\n",
      ],
      [
        2,
        ["finetune", "--images", "images", "-o", "run"],
        "error: Missing --weights NAME|FILE or --resume DIR|FILE\n" + tuneHint,
      ],
      [
        3,
        ["finetune", "-w", "gone.safetensors", "--images", "images", "-o", "run"],
        'error: Cannot find weights "gone.safetensors": there is no such file\n' +
        "hint: Check the path, or name weights that come with the program\n",
      ],
    ];
    const files = await listFiles(folder);
    for (const [code, args, stderr] of cases) {
      const result = await pconv(...args, ...CPU, "-q");
      assertExit(result, code);
      assert.equal(result.stderr, stderr, result.story);
    }
    assert.deepEqual(await listFiles(folder), files);
    const entries = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(
      entries,
      ["empty", "images", "text.safetensors"],
      "a run folder was left behind",
    );
  });
});

Deno.test("train says if no picture can be read, or too few are there for a batch", async () => {
  await withTraining(async ({ at, folder, pconv }) => {
    await Deno.mkdir(at("bad"));
    await Deno.writeTextFile(at("bad/a.png"), "");
    const files = await listFiles(folder);
    const run = ["train", ...CPU, "-q", "--images", "bad", "--preset", "tiny", "-o", "run"];
    const unreadable = await pconv(...run, "--batch", "1");
    assertExit(unreadable, 1);
    assert.equal(
      unreadable.stderr,
      'error: Cannot train on "bad": none of 1 files looked at is a readable image, the last one ' +
        'with: Cannot read image "bad/a.png": file is empty, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP\n',
    );
    const few = await pconv(...run);
    assertExit(few, 1);
    assert.equal(
      few.stderr,
      'error: Cannot fill a batch of 4 from "bad": it gives 1 image to train on, must be at least 4\n' +
        "hint: Add images, or take fewer at a time with --batch 1\n",
    );
    assert.deepEqual(await listFiles(folder), files, "a run folder was left behind");
  });
});
