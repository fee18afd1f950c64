import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  disposeParameters,
  initializeParameters,
  layerVariables,
  makeParameter,
  makeStatistics,
} from "../../../src/model/parameters.ts";
import { PRESETS, type UNetConfig } from "../../../src/model/unet_config.ts";
import { unetLayers } from "../../../src/model/unet_layers.ts";
import { createRandom } from "../../../src/random.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { read } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";

const CONFIG: UNetConfig = {
  encoder: [{ kernel: 5, channels: 4 }, { kernel: 3, channels: 6 }],
  base: "none",
  normalisation: "batch",
  range: "[0,1]",
};

cpuTest(
  "initializeParameters() draws kernels of He's deviation and leaves the rest neutral",
  async () => {
    const parameters = initializeParameters(PRESETS.tiny, createRandom(7));
    let [sum, squares, count] = [0, 0, 0];
    for (const { info: { role, shape }, variable } of parameters.trained.values()) {
      const { data } = await read(variable);
      assert.deepEqual(variable.shape, shape);
      if (role === "kernel") {
        const deviation = Math.sqrt(2 / (shape[0]! * shape[1]! * shape[2]!));
        for (const value of Array.from(data)) {
          sum += value / deviation;
          squares += (value / deviation) ** 2;
          count += 1;
        }
      } else {
        const expected = role === "gamma" ? 1 : 0;
        assert.ok(Array.from(data).every((value) => value === expected), role);
      }
    }
    // Standard normal numbers: mean 0 and mean square 1, within four standard errors.
    assert.ok(Math.abs(sum / count) < 4 / Math.sqrt(count), `mean ${sum / count}`);
    assert.ok(
      Math.abs(squares / count - 1) < 4 * Math.sqrt(2 / count),
      `square ${squares / count}`,
    );
    for (const { mean, variance } of parameters.statistics.values()) {
      assert.ok(Array.from((await read(mean)).data).every((value) => value === 0));
      assert.ok(Array.from((await read(variance)).data).every((value) => value === 1));
    }
    disposeParameters(parameters);
  },
);

cpuTest("initializeParameters() depends on the seed alone", async () => {
  const [a, same, other] = [3, 3, 4].map((seed) =>
    initializeParameters(CONFIG, createRandom(seed))
  );
  for (const [path, { variable, info }] of a!.trained) {
    const values = await read(variable);
    assertAllClose(await read(same!.trained.get(path)!.variable), values, EXACT, path);
    if (info.role !== "kernel") continue;
    const { data } = await read(other!.trained.get(path)!.variable);
    assert.notDeepEqual(data, values.data);
  }
  for (const parameters of [a!, same!, other!]) disposeParameters(parameters);
});

cpuTest(
  "initializeParameters() starts the outputs at 0 over a base, and nothing else",
  async () => {
    const parameters = initializeParameters({ ...CONFIG, base: "pyramid" }, createRandom(1));
    const zeros: string[] = [];
    for (const [path, { variable, info }] of parameters.trained) {
      if (info.role !== "kernel") continue;
      if (Array.from((await read(variable)).data).every((value) => value === 0)) zeros.push(path);
    }
    assert.deepEqual(zeros, ["decoder/2/kernel", "decoder/1/head/kernel"]);
    disposeParameters(parameters);
  },
);

cpuTest("disposeParameters() frees everything", async () => {
  const before = tf.memory().numTensors;
  const parameters = initializeParameters(CONFIG, createRandom(1));
  assert.equal(tf.memory().numTensors, before + 10 + 2 * 2);
  disposeParameters(parameters);
  assert.equal(tf.memory().numTensors, before);
  await Promise.resolve();
});

cpuTest("makeParameter() and makeStatistics() hold the given numbers", async () => {
  const info = { path: "a/kernel", role: "kernel", shape: [1, 1, 2, 2] } as const;
  const parameter = makeParameter(info, Float32Array.of(1, 2, 3, 4));
  const statistics = makeStatistics(Float32Array.of(5), Float32Array.of(6));
  assert.equal(parameter.info, info);
  assertAllClose(await read(parameter.variable), { shape: info.shape, data: [1, 2, 3, 4] }, EXACT);
  assertAllClose(await read(statistics.mean), { shape: [1], data: [5] }, EXACT);
  assertAllClose(await read(statistics.variance), { shape: [1], data: [6] }, EXACT);
  tf.dispose([parameter.variable, statistics.mean, statistics.variance]);
});

cpuTest("layerVariables() finds a bias or a batch norm, never both", async () => {
  const parameters = initializeParameters(CONFIG, createRandom(1));
  const { encoder } = unetLayers(CONFIG);
  const [first, second] = encoder.map((layer) => layerVariables(parameters, layer));
  const variableOf = (path: string) => parameters.trained.get(path)!.variable;
  assert.equal(first!.kernel, variableOf("encoder/1/kernel"));
  assert.equal(first!.bias, variableOf("encoder/1/bias"));
  assert.equal(first!.gamma, undefined);
  assert.equal(first!.beta, undefined);
  assert.equal(second!.bias, undefined);
  assert.equal(second!.gamma, variableOf("encoder/2/batch_norm/gamma"));
  assert.equal(second!.beta, variableOf("encoder/2/batch_norm/beta"));
  disposeParameters(parameters);
  await Promise.resolve();
});
