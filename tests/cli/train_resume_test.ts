/**
 * A run that is killed at any moment and goes on is the run that was not killed.
 */
import assert from "node:assert/strict";
import { resumeSettings } from "../../src/commands/train/training_request.ts";
import { UsageError } from "../../src/errors.ts";
import { catalog } from "../../tasks/mod.ts";
import { readdirSync, readFileSync } from "node:fs";
import { assertExit, listFiles, startCli } from "../support/run_cli.ts";
import { CPU, readTimeless, type TrainSetting, until, withTraining } from "./train_setting.ts";

/** Long enough to be killed several times; something is written at nearly every step. */
const RUN = [
  ...["--images", "images", "--preset", "tiny", "--steps", "40", "--seed", "4"],
  ...["--validation", "val", "--validation-count", "2", "--previews", "1", "--validate-every", "3"],
  ...["--checkpoint-every", "2", "--keep-every", "10", "--report-every", "1"],
];

/** Waits for a moment in the life of a run folder. */
type Moment = (path: (...parts: string[]) => string) => Promise<void>;

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sizeOf(path: string): number {
  try {
    return readFileSync(path).length;
  } catch {
    return 0;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The moment at which a file of the run grows. */
const grows = (name: string, afterMs = 0): Moment => async (path) => {
  const before = sizeOf(path(name));
  await until(() => sizeOf(path(name)) > before, `"${name}" does not grow`);
  await pause(afterMs);
};

/** A file is half written, or has just been: its temporary is there. */
const writing: Moment = async (path) => {
  await grows("log.jsonl")(path);
  const isOpen = () => names(path()).some((name) => name.endsWith(".tmp"));
  await until(isOpen, "no file is ever being written");
};

const MOMENTS: Readonly<Record<string, Moment>> = {
  "before its first step": (path) =>
    until(() => names(path()).includes(".lock"), "the run does not begin"),
  "after a line of the log": grows("log.jsonl"),
  "while it writes a file": writing,
  "after a validation": grows("validation.jsonl"),
  "a moment later": grows("log.jsonl", 61),
};

/**
 * Starts or resumes a run and kills it at a moment.
 *
 * @returns False if it was faster than the kill, which a loaded machine may delay.
 */
async function kill(
  { folder, at }: TrainSetting,
  args: readonly string[],
  moment: Moment,
): Promise<boolean> {
  const child = startCli(["train", ...CPU, "-q", ...args], { cwd: folder });
  await child.stdin.close();
  const stderr = new Response(child.stderr).text();
  const stdout = child.stdout.cancel();
  await moment((...parts) => at("killed", ...parts));
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended by itself
  }
  const { code } = await child.status;
  await stdout;
  assert.ok(code === 128 + 9 || code === 0, `it failed by itself: ${await stderr}`);
  return code !== 0;
}

/** What must be the same in two runs: hashes of files by name, and lines without times. */
async function fingerprint({ at, hash }: TrainSetting, run: string) {
  const binary = (await listFiles(at(run))).filter((name) => /\.(safetensors|png)$/.test(name));
  const hashes = await Promise.all(binary.map(async (name) => [name, await hash(run, name)]));
  return {
    files: Object.fromEntries(hashes) as Record<string, string>,
    log: await readTimeless(at(run, "log.jsonl")),
    validation: await readTimeless(at(run, "validation.jsonl")),
    config: await Deno.readTextFile(at(run, "config.json")),
  };
}

/** Trains once whole and once killed at the moments given, and compares. */
async function compareRuns(
  setting: TrainSetting,
  flags: readonly string[],
  moments: readonly (readonly [name: string, moment: Moment])[],
): Promise<void> {
  const { at, pconv } = setting;
  await Deno.mkdir(at("val"));
  await Deno.rename(at("images/a.png"), at("val/a.png"));
  const run = [...RUN, ...flags];
  assertExit(await pconv("train", ...CPU, ...run, "-o", "whole"), 0);
  const whole = await fingerprint(setting, "whole");
  assert.equal(whole.log.length, 40);
  assert.deepEqual(whole.validation.map(({ step }) => step).slice(-3), [36, 39, 40]);
  assert.deepEqual(Object.keys(whole.files).slice(0, 5), [
    "best.safetensors",
    "checkpoint.safetensors",
    "checkpoints/step-000010.safetensors",
    "checkpoints/step-000020.safetensors",
    "checkpoints/step-000030.safetensors",
  ]);

  // A run that never came to a checkpoint begins anew, in the same folder.
  const nextArgs = () =>
    names(at("killed")).includes("checkpoint.safetensors")
      ? ["--resume", "killed"]
      : [...run, "-o", "killed"];
  let kills = 0;
  for (const [name, moment] of moments) {
    const wasKilled = await kill(setting, nextArgs(), moment).catch((cause) => {
      throw new Error(`Cannot kill the run ${name}`, { cause });
    });
    if (!wasKilled) break;
    kills += 1;
  }
  assert.ok(kills > 0, "every run was faster than its kill");
  assertExit(await pconv("train", ...CPU, ...nextArgs()), 0);
  assert.deepEqual(await fingerprint(setting, "killed"), whole);
  const left = (await listFiles(at("killed"))).filter((name) => name.endsWith(".tmp"));
  assert.deepEqual(left, [], "half-written files were left behind");
}

Deno.test("train that is killed at any moment and resumed gives the same bits", () =>
  withTraining((setting) => compareRuns(setting, ["--batch", "2"], Object.entries(MOMENTS))));

Deno.test("train --replicas that is killed and resumed gives the same bits", () =>
  withTraining((setting) =>
    compareRuns(setting, ["--batch", "3", "--replicas", "2"], [
      ["while it writes a file", writing],
      ["a moment later", grows("log.jsonl", 37)],
    ])
  ));

Deno.test("train refuses a folder in which another process trains, and goes on after its death", () =>
  withTraining(async ({ folder, at, pconv }) => {
    const long = ["--images", "images", "--preset", "tiny", "--steps", "100000", "--report-every"];
    const run = [...long, "1", "--checkpoint-every", "1", "--validation", "none", "-o", "run"];
    const child = startCli(["train", ...CPU, "-q", ...run], { cwd: folder });
    await child.stdin.close();
    const streams = Promise.all([child.stderr.cancel(), child.stdout.cancel()]);
    await grows("checkpoint.safetensors")((...parts) => at("run", ...parts));
    const second = await pconv("train", ...CPU, "-q", "--resume", "run");
    child.kill("SIGKILL");
    await child.status;
    await streams;
    assertExit(second, 2);
    assert.equal(
      second.stderr,
      `error: Cannot write to "run": another process (${child.pid}) works there, must have ended\n` +
        "hint: Wait for it or stop it with Ctrl-C, or give another folder with --output\n",
    );
    const [last] = (await readTimeless(at("run/log.jsonl")).catch(() => [])).slice(-1);
    const steps = String((last?.["step"] as number ?? 1) + 2);
    assertExit(await pconv("train", ...CPU, "-q", "--resume", "run", "--steps", steps), 0);
  }));

Deno.test("train goes back to an older checkpoint in a new folder alone", () =>
  withTraining(async ({ at, pconv, hash }) => {
    const small = ["--images", "images", "--preset", "tiny", "--batch", "1", "--steps", "4"];
    const often = ["--checkpoint-every", "4", "--keep-every", "2", "--validation", "none"];
    assertExit(await pconv("train", ...CPU, ...small, ...often, "-o", "run"), 0);
    const older = "run/checkpoints/step-000002.safetensors";
    const refused = await pconv("train", ...CPU, "-q", "--resume", older);
    assertExit(refused, 2);
    assert.equal(
      refused.stderr,
      'error: Cannot go on from step 2 in "run": its checkpoint is of step 4\n' +
        "hint: Give --output a new folder\n",
    );
    assertExit(await pconv("train", ...CPU, "-q", "--resume", older, "-o", "again"), 0);
    for (const name of ["weights.safetensors", "checkpoint.safetensors"]) {
      assert.equal(await hash("again", name), await hash("run", name), name);
    }
    assert.deepEqual((await readTimeless(at("again/log.jsonl"))).map(({ step }) => step), [4]);
  }));

Deno.test("a checkpoint's settings are checked as a config file's are", () => {
  const whole = { recipe: "reconstruction", preset: "tiny", images: "in", size: 32, batch: 4 };
  const resume = (changed: object) =>
    resumeSettings(catalog, JSON.stringify({ ...whole, ...changed }), { steps: 9 });
  // A key of another version is left out.
  const { steps, batch, ...rest } = resume({ seed: 5, sharpness: 3 });
  assert.deepEqual([steps, batch, rest.seed, "sharpness" in rest], [9, 4, 5, false]);
  assert.throws(() => resume({ batch: "4", size: -1 }), (error: Error) => {
    assert.ok(error instanceof UsageError, error.stack);
    const file = '"settings of the checkpoint"';
    assert.match(
      error.message,
      new RegExp(`^Cannot use "batch" in ${file}: it is "4", must be .*$`, "m"),
    );
    assert.match(
      error.message,
      new RegExp(`^Cannot use "size" in ${file}: it is -1, must be .*$`, "m"),
    );
    return true;
  });
  assert.throws(() => resume({ recipe: undefined }), {
    name: "UsageError",
    message: 'Cannot resume: the checkpoint does not say "recipe"',
  });
});
