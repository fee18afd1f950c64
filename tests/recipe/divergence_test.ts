/**
 * Numbers that are not finite stop a run, and what is on the disk is good.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { decodeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { DivergenceError } from "../../src/errors.ts";
import { withLoss } from "../../src/task/parts.ts";
import type { Loss, TrainingTask } from "../../src/task/types.ts";
import { reconstruction } from "../../tasks/recipes/reconstruction.ts";
import { readTimeless } from "../cli/train_setting.ts";
import { type RunSetting, runTest } from "./run_setting.ts";

const good = reconstruction({ steps: 8, learningRate: 1e-2 });

/** A loss that joins at one step. */
function joins(loss: Pick<Loss, "name" | "compute">, step: number): TrainingTask {
  const whole: Loss = { needsFeatures: false, ...loss };
  return withLoss(whole, (at) => at === step ? 1 : 0)(good);
}

/** NaN itself. */
const bad = (step: number) =>
  joins({ name: "bad", compute: ({ output }) => tf.mul(tf.mean(output), NaN) }, step);

/** 0, but the slope of a root is not finite there. */
const steep = (step: number) =>
  joins(
    { name: "steep", compute: ({ output }) => tf.sqrt(tf.mul(tf.mean(tf.square(output)), 0)) },
    step,
  );

async function assertGoodState({ at }: RunSetting, run: string, step: number): Promise<void> {
  for (const name of ["checkpoint.safetensors", "weights.safetensors"]) {
    const { tensors, metadata } = decodeSafetensors(await Deno.readFile(at(run, name)), { name });
    assert.equal(metadata["step"] ?? metadata["steps"], String(step));
    for (const [key, { data }] of tensors) {
      assert.ok(data.every((value) => Number.isFinite(value)), key);
    }
  }
}

runTest(
  "a loss that is not finite stops the run at the last good state, which goes on",
  async (setting) => {
    const { at, train } = setting;
    await assert.rejects(train("run", { task: bad(5) }), (error: Error) => {
      assert.ok(error instanceof DivergenceError, error.stack);
      assert.equal(error.message, "Training diverged at step 5: bad = NaN");
      assert.equal(
        error.hint,
        `The good state of step 4 is kept in "${
          at("run/checkpoint.safetensors")
        }": go on from it ` +
          `with --resume ${at("run")} and a lower --learning-rate`,
      );
      return true;
    });
    await assertGoodState(setting, "run", 4);
    assert.match(await Deno.readTextFile(at("run/report.html")), /diverged at step 5: bad = NaN/);
    assert.equal(await train("run", { task: good }), 0);
    await assertGoodState(setting, "run", 8);
    const log = await readTimeless(at("run/log.jsonl"));
    assert.deepEqual(log.map(({ step }) => step), [2, 4, 6, 8]);
  },
);

runTest(
  "a state whose losses are finite and whose numbers are not is never stored",
  async (setting) => {
    const { train } = setting;
    // Step 3 ends with the report of step 4, whose losses are finite.
    await assert.rejects(train("run", { task: steep(3), settings: { checkpointEvery: 2 } }), {
      name: "DivergenceError",
      message: /^Training diverged at step 3: "\S+" holds NaN though the losses are finite$/,
      hint: /^The good state of step 2 is kept/,
    });
    await assertGoodState(setting, "run", 2);
  },
);

runTest(
  "a validation of such a state stops the run too, before anything is stored",
  async (setting) => {
    const { at, train } = setting;
    const settings = { checkpointEvery: 2, validateEvery: 2, validation: at("val") };
    await assert.rejects(train("run", { task: steep(3), settings }), {
      name: "DivergenceError",
      message: /^Training diverged at step 3: the output for validation image ".+" holds NaN$/,
    });
    await assertGoodState(setting, "run", 2);
    const lines = await readTimeless(at("run/validation.jsonl"));
    assert.deepEqual(lines.map(({ step }) => step), [2]);
  },
);

runTest(
  "a run that diverges between two reports leaves the last checkpoint alone",
  async (setting) => {
    const { train } = setting;
    // Spoilt at step 4, seen at the report after step 6.
    const settings = { checkpointEvery: 3, reportEvery: 7 };
    await assert.rejects(train("run", { task: steep(4), settings }), {
      name: "DivergenceError",
      message: /^Training diverged at step 5: valid = NaN, hole = NaN$/,
      hint: /^The good state of step 3 is kept/,
    });
    await assertGoodState(setting, "run", 3);
  },
);

runTest(
  "a run that diverges before its first checkpoint says that nothing is kept",
  async ({ train }) => {
    await assert.rejects(train("run", { task: bad(1) }), {
      name: "DivergenceError",
      message: "Training diverged at step 1: bad = NaN",
      hint: "Nothing was stored yet: begin anew with a lower --learning-rate",
    });
  },
);
