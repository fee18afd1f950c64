import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { makeParameter, type Parameter } from "../../../src/model/parameters.ts";
import { type AdamState, applyAdam, disposeAdam, makeMoments } from "../../../src/training/adam.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { read } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

// Values are compared with PyTorch in tests/oracle/adam_test.ts.

function twoParameters(): Map<string, Parameter> {
  return new Map(["a", "b"].map((path) => [
    path,
    makeParameter({ path, role: "bias", shape: [2] }, Float32Array.of(1, -1)),
  ]));
}

cpuTest(
  "applyAdam() first moves every value by the learning rate, against the gradient",
  async () => {
    const parameters = twoParameters();
    const state: AdamState = new Map();
    const gradients = new Map([["a", tf.tensor1d([1e-3, -50])]]);
    applyAdam(parameters, gradients, state, 0.25);
    const expected = { shape: [2], data: [0.75, -0.75] };
    assertAllClose(await read(parameters.get("a")!.variable), expected, { rtol: 1e-4, atol: 0 });
    disposeAdam(state);
    tf.dispose([
      ...gradients.values(),
      ...[...parameters.values()].map(({ variable }) => variable),
    ]);
  },
);

cpuTest(
  "applyAdam() leaves a parameter without a gradient alone, its moments and count too",
  async () => {
    const parameters = twoParameters();
    const state: AdamState = new Map();
    const gradient = tf.tensor1d([1, 2]);
    applyAdam(parameters, new Map([["a", gradient], ["b", gradient]]), state, 0.1);
    const { variable } = parameters.get("b")!;
    const { first, second } = state.get("b")!;
    const before = [await read(variable), await read(first), await read(second)];
    applyAdam(parameters, new Map([["a", gradient]]), state, 0.1);
    const after = [await read(variable), await read(first), await read(second)];
    after.forEach((values, i) => assertAllClose(values, before[i]!, EXACT));
    assert.equal(state.get("a")!.updates, 2);
    assert.equal(state.get("b")!.updates, 1);
    disposeAdam(state);
    tf.dispose([gradient, ...[...parameters.values()].map(({ variable }) => variable)]);
  },
);

cpuTest("makeMoments() starts at 0, or at the given numbers", async () => {
  const fresh = makeMoments([2]);
  const given = makeMoments([2], [Float32Array.of(1, 2), Float32Array.of(3, 4)]);
  assert.equal(fresh.updates, 0);
  assertAllClose(await read(fresh.first), { shape: [2], data: [0, 0] }, EXACT);
  assertAllClose(await read(fresh.second), { shape: [2], data: [0, 0] }, EXACT);
  assertAllClose(await read(given.first), { shape: [2], data: [1, 2] }, EXACT);
  assertAllClose(await read(given.second), { shape: [2], data: [3, 4] }, EXACT);
  tf.dispose([fresh.first, fresh.second, given.first, given.second]);
});

cpuTest("disposeAdam() frees all moments and forgets them", async () => {
  const before = tf.memory().numTensors;
  const state: AdamState = new Map([["a", makeMoments([2])], ["b", makeMoments([3])]]);
  assert.equal(tf.memory().numTensors, before + 4);
  disposeAdam(state);
  assert.equal(tf.memory().numTensors, before);
  assert.equal(state.size, 0);
  await Promise.resolve();
});
