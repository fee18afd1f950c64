import assert from "node:assert/strict";
import { superresFinetune } from "../../../../tasks/recipes/superres_finetune.ts";

Deno.test("superresFinetune() trains the hole's error alone, at the paper's second rate", () => {
  const task = superresFinetune();
  assert.equal(task.name, "superres-finetune");
  assert.deepEqual(task.terms.map(({ loss, weight }) => [loss.name, weight(0)]), [
    ["hole-log-mse", 1],
  ]);
  // Liu et al. 2018, section 4.2: fine-tuning at 0.00005.
  assert.equal(task.learningRate(0), 5e-5);
  assert.equal(task.learningRate(task.steps - 1), 5e-5);
  assert.deepEqual(task.freezes, []);
  const short = superresFinetune({ steps: 3, learningRate: 1e-4 });
  assert.equal(short.steps, 3);
  assert.equal(short.learningRate(1), 1e-4);
});
