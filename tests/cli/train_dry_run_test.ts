import assert from "node:assert/strict";
import { assertExit, listFiles, stdoutText } from "../support/run_cli.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import { assertGolden } from "./golden.ts";
import { CPU, withTraining } from "./train_setting.ts";

Deno.test("train --dry-run prints the plan and makes nothing", async () => {
  await withTraining(async ({ folder, pconv }) => {
    const files = await listFiles(folder);
    const result = await pconv("train", "--dry-run");
    assertExit(result, 0);
    assert.equal(result.stderr, "", result.story);
    await assertGolden("train_dry_run", stdoutText(result));
    const short = await pconv("train", "--dry-run", "--preset", "tiny", "--steps", "1");
    assertExit(short, 0);
    await assertGolden("train_dry_run_one_step", stdoutText(short));
    assert.deepEqual(await listFiles(folder), files);
  });
});

Deno.test("train refuses crops that the network cannot take, before it reads data", async () => {
  await withTraining(async ({ pconv }) => {
    const message =
      "error: Cannot train on crops of 100 pixels: the network has 6 levels, --size " +
      "must be a multiple of 64\n";
    for (const flags of [["--dry-run"], ["--images", "images", "-o", "run", ...CPU]]) {
      const result = await pconv("train", "--size", "100", "--quiet", ...flags);
      assertExit(result, 2);
      assert.equal(result.stderr, message, result.story);
    }
  });
});

Deno.test("finetune --dry-run counts the held parameters of the given weights", async () => {
  await withTraining(async ({ folder, pconv }) => {
    await writeTinyWeights(folder);
    const result = await pconv("finetune", "--dry-run", "--weights", "tiny.safetensors");
    assertExit(result, 0);
    assert.equal(result.stderr, "", result.story);
    await assertGolden("finetune_dry_run", stdoutText(result));
  });
});

Deno.test("train --resume --dry-run prints the plan of the run that would go on", async () => {
  await withTraining(async ({ pconv }) => {
    const flags = ["--images", "images", "--preset", "tiny", "--steps", "4", "--batch", "1"];
    assertExit(await pconv("train", ...CPU, ...flags, "-o", "run"), 0);
    const plan = await pconv("train", "--dry-run", ...flags);
    const resumed = await pconv("train", "--dry-run", "--resume", "run");
    assertExit(resumed, 0);
    assert.equal(stdoutText(resumed), stdoutText(plan));
  });
});
