import assert from "node:assert/strict";
import { listParameters } from "../../../../src/model/list_parameters.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { pconvFinetune } from "../../../../tasks/recipes/pconv_finetune.ts";

// Source of every number: Liu et al. 2018, section 4.2.

Deno.test("pconvFinetune() has the whole objective at the paper's second learning rate", () => {
  const { terms, learningRate, steps } = pconvFinetune();
  assert.equal(terms.length, 6);
  assert.deepEqual([learningRate(0), learningRate(steps - 1)], [5e-5, 5e-5]);
});

Deno.test("pconvFinetune() holds the encoder's batch norm, both halves, and not the decoder's", () => {
  const { freezes } = pconvFinetune();
  const held = listParameters(PRESETS.paper)
    .filter((info) => freezes.some((freeze) => freeze.holdsParameter(info, 0)))
    .map(({ path }) => path);
  // Seven of the eight encoder levels have batch norm, with gamma and beta each.
  assert.equal(held.length, 14);
  assert.ok(held.every((path) => /^encoder\/[2-8]\/batch_norm\/(gamma|beta)$/.test(path)));
  const statistics = (path: string) => freezes.some((freeze) => freeze.holdsStatistics(path, 0));
  assert.ok(statistics("encoder/8/batch_norm"));
  assert.ok(!statistics("decoder/1/batch_norm"));
});

Deno.test("pconvFinetune() takes steps and a rate", () => {
  const { steps, learningRate } = pconvFinetune({ steps: 3, learningRate: 0.5 });
  assert.deepEqual([steps, learningRate(2)], [3, 0.5]);
});
