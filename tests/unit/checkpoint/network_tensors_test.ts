import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  exportNetwork,
  importNetwork,
  readTensor,
} from "../../../src/checkpoint/network_tensors.ts";
import { disposeParameters } from "../../../src/model/parameters.ts";
import { PRESETS, type UNetConfig } from "../../../src/model/unet_config.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaParameters } from "../../support/tiny_run.ts";

const CONFIGS: readonly UNetConfig[] = [
  PRESETS.tiny,
  { ...PRESETS.tiny, base: "pyramid", normalisation: "none" },
];

for (const config of CONFIGS) {
  const name = `base ${config.base}, normalisation ${config.normalisation}`;

  cpuTest(`importNetwork() undoes exportNetwork(), to the bit: ${name}`, async () => {
    const parameters = formulaParameters(config);
    const arrays = await exportNetwork(parameters);
    assert.equal(arrays.size, parameters.trained.size + 2 * parameters.statistics.size);
    const copy = importNetwork(config, arrays, "test");
    assert.deepEqual(await exportNetwork(copy), arrays);
    assert.deepEqual([...copy.trained.keys()], [...parameters.trained.keys()]);
    // The copy has numbers of its own.
    arrays.get("encoder/1/kernel")!.data.fill(9);
    const [first] = await copy.trained.get("encoder/1/kernel")!.variable.data();
    assert.notEqual(first, 9);
    disposeParameters(parameters);
    disposeParameters(copy);
  });
}

cpuTest(
  "importNetwork() names the file and all that is wrong with it, and leaves nothing behind",
  async () => {
    const parameters = formulaParameters(PRESETS.tiny);
    const arrays = await exportNetwork(parameters);
    disposeParameters(parameters);
    arrays.delete("encoder/1/bias");
    arrays.set("decoder/3/bias", { shape: [4], data: new Float32Array(4) });
    arrays.set("stray", { shape: [1], data: new Float32Array(1) });
    assert.throws(() => importNetwork(PRESETS.tiny, arrays, "w.safetensors"), {
      name: "WeightsError",
      message: 'Cannot use weights "w.safetensors": of 24 tensors, 1 missing ("encoder/1/bias"); ' +
        '1 unexpected ("stray"); 1 differently shaped ("decoder/3/bias" is 4, must be 3)',
    });
  },
);

cpuTest("readTensor() gives shape and numbers and keeps the tensor", async () => {
  const tensor = tf.tensor2d([[1, 2, 3]]);
  assert.deepEqual(await readTensor(tensor), { shape: [1, 3], data: Float32Array.of(1, 2, 3) });
  assert.ok(!tensor.isDisposed);
  tensor.dispose();
});
