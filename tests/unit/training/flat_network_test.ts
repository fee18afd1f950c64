import assert from "node:assert/strict";
import { PRESETS } from "../../../src/model/unet_config.ts";
import {
  flatLayout,
  flatSize,
  loadNetwork,
  storeNetwork,
} from "../../../src/training/flat_network.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaState } from "../../support/tiny_run.ts";

cpuTest("flatLayout() puts parameters, then statistics, one behind the other", async () => {
  const state = formulaState(PRESETS.tiny);
  const layout = flatLayout(state.parameters);
  assert.equal(layout[0]!.name, "encoder/1/kernel");
  assert.deepEqual(layout.slice(-2).map(({ name }) => name), [
    "decoder/2/batch_norm/mean",
    "decoder/2/batch_norm/variance",
  ]);
  let next = 0;
  for (const { offset, size, variable } of layout) {
    assert.equal(offset, next);
    assert.equal(size, variable.size);
    next += size;
  }
  // 3,000 parameters, and mean and variance of 8 + 8 + 8 + 4 channels.
  assert.equal(flatSize(layout), 3_000 + 56);
  assert.equal(flatSize([]), 0);
  disposeTrainingState(state);
  await Promise.resolve();
});

cpuTest("loadNetwork() undoes storeNetwork(), to the bit", async () => {
  const [from, to] = [formulaState(PRESETS.tiny), formulaState(PRESETS.tiny)];
  const [fromLayout, toLayout] = [flatLayout(from.parameters), flatLayout(to.parameters)];
  const zeros = new Float32Array(flatSize(toLayout));
  loadNetwork(toLayout, zeros);
  const flat = new Float32Array(new SharedArrayBuffer(4 * flatSize(fromLayout)));
  await storeNetwork(fromLayout, flat);
  loadNetwork(toLayout, flat);
  for (const [i, { variable, name }] of toLayout.entries()) {
    assert.deepEqual(await variable.data(), await fromLayout[i]!.variable.data(), name);
  }
  // The variables do not share the array: writing to it later changes nothing.
  flat.fill(9);
  assert.deepEqual(await toLayout[0]!.variable.data(), await fromLayout[0]!.variable.data());
  disposeTrainingState(from);
  disposeTrainingState(to);
});
