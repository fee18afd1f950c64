import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { meansOf, openLossMeans } from "../../../src/training/loss_means.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

/** Adds losses as a step gives them. */
function add(means: ReturnType<typeof openLossMeans>, losses: Record<string, number>): void {
  const scalars = Object.entries(losses).map(([name, value]) => [name, tf.scalar(value)] as const);
  means.add(scalars);
  tf.dispose(scalars.map(([, scalar]) => scalar));
}

cpuTest("openLossMeans() averages each loss over the steps in which it was computed", async () => {
  const means = openLossMeans();
  add(means, { total: 2, valid: 2 });
  add(means, { total: 8, valid: 4, hole: 1 });
  const sums = await means.read();
  assert.deepEqual(sums, {
    total: { sum: 10, steps: 2 },
    valid: { sum: 6, steps: 2 },
    hole: { sum: 1, steps: 1 },
  });
  assert.deepEqual(meansOf(sums), { total: 5, parts: { valid: 3, hole: 1 } });
  means.reset();
  add(means, { total: 1 });
  assert.deepEqual(await means.read(), { total: { sum: 1, steps: 1 } });
  means.reset();
});

cpuTest("openLossMeans() goes on from sums that went through a file, to the bit", async () => {
  const values = [0.1, 0.2, 0.7, 1.3, 2.9];
  const whole = openLossMeans();
  for (const total of values) add(whole, { total });
  const first = openLossMeans();
  for (const total of values.slice(0, 3)) add(first, { total });
  const second = openLossMeans(JSON.parse(JSON.stringify(await first.read())));
  for (const total of values.slice(3)) add(second, { total });
  assert.deepEqual(await second.read(), await whole.read());
  for (const means of [whole, first, second]) means.reset();
});

cpuTest("openLossMeans() keeps one tensor a loss until it is reset", async () => {
  const before = tf.memory().numTensors;
  const means = openLossMeans({ total: { sum: 1, steps: 1 } });
  for (let i = 0; i < 4; i++) {
    add(means, { total: 1, valid: 1 });
    assert.equal(tf.memory().numTensors, before + 2);
  }
  assert.equal((await means.read())["total"]!.sum, 5);
  means.reset();
  assert.equal(tf.memory().numTensors, before);
});

for (const value of [NaN, Infinity]) {
  cpuTest(`meansOf() keeps a ${value} of any step`, async () => {
    const means = openLossMeans();
    for (const total of [1, value, 1]) add(means, { total });
    assert.equal(meansOf(await means.read()).total, value);
    means.reset();
  });
}
