import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { UsageError } from "../../../src/errors.ts";
import { compose } from "../../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../../src/task/parts.ts";
import { resolveTask, specFaults } from "../../../src/task/resolve.ts";
import type { Freeze, Loss, Recipe, TaskCatalog } from "../../../src/task/types.ts";

const loss = (name: string) => (): Loss => ({
  name,
  needsFeatures: false,
  compute: () => tf.scalar(1),
});
const freeze = (name: string) => (): Freeze => ({
  name,
  holdsParameter: () => true,
  holdsStatistics: () => true,
});
const usual: Recipe = ({ steps = 10, learningRate = 0.5 } = {}) =>
  compose(
    "usual",
    withLoss(loss("valid")(), 1),
    withLoss(loss("hole")(), (step) => step),
    withLoss(loss("secret")(), 3),
    withLearningRate(learningRate),
    withFreeze(freeze("encoder")()),
    withSteps(steps),
  );
const catalog: TaskCatalog = {
  recipes: new Map([["usual", usual]]),
  losses: new Map(["valid", "hole", "style", "perceptual"].map((name) => [name, loss(name)])),
  freezes: new Map(["encoder", "decoder"].map((name) => [name, freeze(name)])),
};

/** Names and weights at step 4. */
const weights = (spec: Omit<Parameters<typeof resolveTask>[1], "recipe">) =>
  resolveTask(catalog, { recipe: "usual", ...spec }).terms
    .map(({ loss, weight }) => [loss.name, weight(4)]);

Deno.test("resolveTask() makes the recipe's task and changes only what is set", () => {
  const task = resolveTask(catalog, { recipe: "usual" });
  assert.equal(task.name, "usual");
  assert.equal(task.steps, 10);
  assert.equal(task.learningRate(0), 0.5);
  assert.deepEqual(task.freezes.map(({ name }) => name), ["encoder"]);
  const short = resolveTask(catalog, { recipe: "usual", steps: 3, learningRate: 0.1 });
  assert.equal(short.steps, 3);
  assert.equal(short.learningRate(0), 0.1);
});

Deno.test("resolveTask() sets weights in place, adds losses and removes those of weight 0", () => {
  assert.deepEqual(weights({}), [["valid", 1], ["hole", 4], ["secret", 3]]);
  assert.deepEqual(
    weights({ losses: { style: { weight: 120 }, hole: { weight: 6 }, valid: { weight: 0 } } }),
    [["hole", 6], ["secret", 3], ["style", 120]],
  );
  assert.deepEqual(weights({ losses: { style: { weight: 0 } } }), weights({}));
  // The recipe's own losses need not be in the catalog.
  assert.deepEqual(weights({ losses: { secret: { weight: 9 } } })[2], ["secret", 9]);
});

Deno.test("resolveTask() puts the freezes given in place of the recipe's", () => {
  const freezes = (names: string[]) =>
    resolveTask(catalog, { recipe: "usual", freezes: names }).freezes.map(({ name }) => name);
  assert.deepEqual(freezes(["decoder"]), ["decoder"]);
  assert.deepEqual(freezes([]), []);
});

Deno.test("resolveTask() names everything that is wrong, a line each", () => {
  const spec = {
    recipe: "usaul",
    losses: { styel: { weight: 1 }, hole: { weight: -1 } },
    freezes: ["encodr"],
  };
  assert.throws(
    () => resolveTask(catalog, spec),
    new UsageError(
      'Unknown recipe "usaul": did you mean "usual"\n' +
        'Unknown loss "styel": did you mean "style"\n' +
        'Cannot use loss "hole": weight is -1, must be 0 or more\n' +
        'Unknown freeze "encodr": did you mean "encoder"',
    ),
  );
  const none = { valid: { weight: 0 }, hole: { weight: 0 }, secret: { weight: 0 } };
  assert.throws(
    () => resolveTask(catalog, { recipe: "usual", losses: none }),
    new UsageError(
      'Cannot train without a loss: all weights are 0, one of recipe "usual" must be above 0',
    ),
  );
  assert.deepEqual(weights({ losses: { ...none, style: { weight: 2 } } }), [["style", 2]]);
});

Deno.test("specFaults() says where a name was written", () => {
  const spec = { recipe: "usaul", losses: { styel: { weight: 1 }, x: { weight: NaN } } };
  const origin = (key: string, name: string) => name === "x" ? "" : ` in ${key}`;
  assert.deepEqual(specFaults(catalog, spec, origin), [
    'Unknown recipe "usaul" in recipe: did you mean "usual"',
    'Unknown loss "styel" in losses: did you mean "style"',
    'Unknown loss "x": must be one of "valid", "hole", "style", "perceptual"',
    'Cannot use loss "x": weight is NaN, must be 0 or more',
  ]);
  assert.deepEqual(specFaults(catalog, { recipe: "usual" }), []);
});
