import assert from "node:assert/strict";
import { listParameters } from "../../../../src/model/list_parameters.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { reconstructionFinetune } from "../../../../tasks/recipes/reconstruction_finetune.ts";

Deno.test("reconstructionFinetune() has the paper's rate and holds the encoder's batch norm", () => {
  const { steps, terms, learningRate, freezes } = reconstructionFinetune();
  assert.equal(steps, 5_000);
  assert.equal(learningRate(0), 5e-5);
  assert.equal(learningRate(4_999), 5e-5);
  assert.deepEqual(terms.map(({ loss, weight }) => [loss.name, weight(0)]), [["valid", 1], [
    "hole",
    6,
  ]]);
  const held = listParameters(PRESETS.tiny).filter((info) =>
    freezes.some((freeze) => freeze.holdsParameter(info, 0))
  );
  assert.ok(held.length > 0);
  assert.ok(held.every(({ path }) => /^encoder\/\d+\/batch_norm\/(gamma|beta)$/.test(path)));
  assert.ok(freezes.some((freeze) => freeze.holdsStatistics("encoder/2/batch_norm", 0)));
  assert.ok(!freezes.some((freeze) => freeze.holdsStatistics("decoder/1/batch_norm", 0)));
});

Deno.test("reconstructionFinetune() takes steps and a rate", () => {
  const task = reconstructionFinetune({ steps: 7, learningRate: 0.25 });
  assert.equal(task.steps, 7);
  assert.equal(task.learningRate(6), 0.25);
});
