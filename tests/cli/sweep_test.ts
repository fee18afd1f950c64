import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { assertExit, listFiles, startCli, stdoutText } from "../support/run_cli.ts";
import { photo, writePicture } from "./pictures.ts";
import { CPU, type TrainSetting, until, withTraining } from "./train_setting.ts";

const SWEEP = ["sweep", ...CPU, "--images", "images", "--validation", "held", "--preset", "tiny"];

/** A folder with images to train on, and others to measure on. */
async function withImages(body: (setting: TrainSetting) => Promise<void>): Promise<void> {
  await withTraining(async (setting) => {
    for (const side of [40, 50]) {
      await writePicture(setting.at(`held/${side}.png`), photo(side, side));
    }
    await body(setting);
  });
}

/** The results, times left out: no two runs share them. */
async function readResults({ at }: TrainSetting, sweep: string) {
  const text = await Deno.readTextFile(at(sweep, "sweep.jsonl"));
  return text.trimEnd().split("\n").map((line) => {
    const { elapsedMs, ...rest } = JSON.parse(line);
    assert.ok(elapsedMs > 0, line);
    return rest;
  });
}

Deno.test("sweep tries a grid, prints a table and writes a config of the best", async () => {
  await withImages(async (setting) => {
    const { at, pconv } = setting;
    const line = [...SWEEP, "--steps", "2", "--vary", "hole=6,1", "--vary", "valid=0,1"];
    const result = await pconv(...line, "-o", "sweep");
    assertExit(result, 0);
    const results = await readResults(setting, "sweep");
    assert.deepEqual(results.map(({ trial, losses, step }) => ({ trial, losses, step })), [
      { trial: 1, losses: { hole: 6, valid: 0 }, step: 2 },
      { trial: 2, losses: { hole: 6, valid: 1 }, step: 2 },
      { trial: 3, losses: { hole: 1, valid: 0 }, step: 2 },
      { trial: 4, losses: { hole: 1, valid: 1 }, step: 2 },
    ]);
    const [best] = results.toSorted((a, b) => b.holePsnr - a.holePsnr);
    const table = stdoutText(result).trimEnd().split("\n");
    assert.equal(
      table[0],
      "Means over 6 validation pairs after 2 steps, sorted by hole PSNR, higher is better.",
    );
    assert.equal(table.length, 4 + 4);
    assert.equal(Number(table[4]!.split("|")[1]), best.trial);
    assert.equal(await Deno.readTextFile(at("sweep/sweep.md")), stdoutText(result));
    assert.equal((await Deno.readTextFile(at("sweep/sweep.csv"))).split("\n").length, 1 + 4 + 1);

    // The log of a trial is that of a training run with these weights.
    const { parts, total } = JSON.parse(await Deno.readTextFile(at("sweep/trials/003/log.jsonl")));
    assert.deepEqual(Object.keys(parts), ["hole"]);
    assert.ok(Math.abs(total - parts.hole) < 1e-6 * total);

    const config = JSON.parse(await Deno.readTextFile(at("sweep/best.json")));
    const { hole, valid } = best.losses;
    assert.deepEqual(config.losses, { hole: { weight: hole }, valid: { weight: valid } });
    // Not the two steps of the trials.
    assert.equal(config.steps, 20_000);
    const train = ["train", ...CPU, "--config", "sweep/best.json", "--steps", "2", "-o", "run"];
    assertExit(await pconv(...train), 0);
    const trial = `sweep/trials/00${best.trial}`;
    assert.equal(await setting.weightsHash("run"), await setting.weightsHash(trial));

    const again = await pconv(...line, "-o", "sweep", "--metric", "l1Percent");
    assertExit(again, 0);
    assert.match(again.stderr, /\nsweep: 4 trials of 2 steps, 4 done before\n/);
    assert.ok(!again.stderr.includes("training:"), again.story);
    const order = results.toSorted((a, b) => a.l1Percent - b.l1Percent).map(({ trial }) => trial);
    const rows = stdoutText(again).trimEnd().split("\n").slice(4);
    assert.deepEqual(rows.map((row) => Number(row.split("|")[1])), order);
  });
});

Deno.test("sweep draws from ranges, and a larger --trials adds to them", async () => {
  await withImages(async (setting) => {
    const { pconv } = setting;
    const line = [...SWEEP, "--steps", "1", "--vary", "hole=1:100:log", "-o", "sweep"];
    assertExit(await pconv(...line, "--trials", "1"), 0);
    const [first] = await readResults(setting, "sweep");
    assertExit(await pconv(...line, "--trials", "2"), 0);
    const both = await readResults(setting, "sweep");
    assert.deepEqual(both[0], first);
    assert.equal(both.length, 2);
    assert.notEqual(both[1].losses.hole, first.losses.hole);
    for (const { losses } of both) assert.ok(losses.hole >= 1 && losses.hole <= 100);
  });
});

Deno.test("sweep goes on after Ctrl-C and SIGKILL with the same results", async () => {
  await withImages(async (setting) => {
    const { at, folder, pconv, weightsHash } = setting;
    await Deno.writeTextFile(at("run.json"), JSON.stringify({ checkpointEvery: 2, previews: 0 }));
    const line = [...SWEEP, "--config", "run.json", "--steps", "12", "--vary", "hole=6,1"];
    assertExit(await pconv(...line, "-o", "whole"), 0);
    const expected = await readResults(setting, "whole");

    const stopAt = async (signal: "SIGINT" | "SIGKILL", trial: string) => {
      const child = startCli([...line, "-o", "parts"], { cwd: folder });
      await child.stdin.close();
      const stderr = new Response(child.stderr).text();
      const stdout = new Response(child.stdout).text();
      const path = at("parts/trials", trial, "checkpoint.safetensors");
      await until(() => existsSync(path), `${trial} did not begin`);
      child.kill(signal);
      const { code } = await child.status;
      return { code, stderr: await stderr, stdout: await stdout };
    };
    const killed = await stopAt("SIGKILL", "001");
    assert.equal(killed.code, 128 + 9, killed.stderr);
    assert.ok(!existsSync(at("parts/trials/002")));
    const stopped = await stopAt("SIGINT", "002");
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.equal(stopped.stdout, "");
    assert.match(
      stopped.stderr,
      /\nsweep: interrupted at trial 2; the same command goes on with it\n$/,
    );
    assert.equal(readFileSync(at("parts/sweep.jsonl"), "utf8").split("\n").length, 1 + 1);

    const done = await pconv(...line, "-o", "parts");
    assertExit(done, 0);
    assert.match(done.stderr, /\nsweep: 2 trials of 12 steps, 1 done before\n/);
    assert.deepEqual(await readResults(setting, "parts"), expected);
    for (const trial of ["trials/001", "trials/002"]) {
      assert.equal(await weightsHash(`parts/${trial}`), await weightsHash(`whole/${trial}`));
    }
  });
});

Deno.test("sweep refuses wrong requests before the first trial, and another sweep's folder", async () => {
  await withImages(async ({ at, folder, pconv }) => {
    await Deno.writeTextFile(at("run.json"), JSON.stringify({ batch: 0, previews: 0 }));
    const cases: readonly (readonly [string, string])[] = [
      [
        "--vary hole",
        "error: --vary must be NAME=WEIGHT,WEIGHT,... or NAME=LOW:HIGH or NAME=LOW:HIGH:log: " +
        'got "hole"\n',
      ],
      ["--vary hoel=1,2", 'error: Unknown loss "hoel": did you mean "hole"\n'],
      [
        "--vary hole=0,6 --vary valid=0,1",
        "error: Cannot train without a loss: all weights are 0, " +
        'one of recipe "reconstruction" must be above 0\n',
      ],
      [
        "--vary hole=1,2 --validation none",
        "error: Cannot sweep without validation images: validation is none\n" +
        "hint: Name a folder of images with --validation\n",
      ],
      [
        "--vary hole=1,2 --config run.json",
        'error: Cannot use "batch" in "run.json": it is 0, must be a whole number from 1 to 1024\n' +
        'hint: Run "pconv train --print-config" for all keys and their defaults\n',
      ],
    ];
    const base = ["sweep", ...CPU, "-q", "--images", "images", "--preset", "tiny", "-o", "sweep"];
    const files = await listFiles(folder);
    for (const [words, stderr] of cases) {
      const validation = words.includes("--validation") ? [] : ["--validation", "held"];
      const result = await pconv(...base, ...validation, ...words.split(" "));
      assertExit(result, 2);
      assert.equal(result.stderr, stderr, result.story);
    }
    assert.deepEqual(await listFiles(folder), files);

    const small = [...base, "--validation", "held", "--vary", "hole=1"];
    assertExit(await pconv(...small, "--steps", "1"), 0);
    const other = await pconv(...small, "--steps", "2");
    assertExit(other, 2);
    assert.equal(
      other.stderr,
      'error: Cannot go on with the sweep in "sweep": "steps" was 1, is 2; must be the same\n' +
        "hint: Give --output a new folder for another sweep\n",
    );
  });
});
