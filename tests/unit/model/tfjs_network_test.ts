import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { readTfjsModel } from "../../../src/checkpoint/tfjs_model_file.ts";
import { loadTfjsNetwork } from "../../../src/model/tfjs_network.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { read } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import {
  TINY_INPUT,
  tinyPosterior,
  writeTinyGraph,
  writeTinyLayers,
} from "../../support/tiny_tfjs_model.ts";

// Measured on both backends, relative: 1.1e-7.
const POSTERIOR = { rtol: 2e-7, atol: 0 };

for (const write of [writeTinyLayers, writeTinyGraph]) {
  forEachBackend(`loadTfjsNetwork() runs what ${write.name}() wrote`, async () => {
    await withTempDir(async (folder) => {
      await write(folder);
      const none = tf.memory().numTensors;
      const { format, artifacts } = await readTfjsModel(`${folder}/model.json`);
      // Twice: names of the first model must not be in the way of the second.
      for (let round = 0; round < 2; round++) {
        const network = await loadTfjsNetwork(artifacts, {
          name: "net",
          format,
          range: "zero-one",
        });
        assert.deepEqual(network.inputSize, TINY_INPUT);
        assert.deepEqual([network.name, network.range], ["net", "zero-one"]);
        const before = tf.memory().numTensors;
        for (const colour of [[0.5, 0.25, -0.5], [1, 1, 1]]) {
          const result = tf.tidy(() =>
            network.run(tf.tile(tf.tensor4d(colour, [1, 1, 1, 3]), [1, 4, 6, 1]))
          );
          const expected = { shape: [1, 3], data: tinyPosterior(colour) };
          assertAllClose(await read(result), expected, POSTERIOR, format);
          result.dispose();
        }
        assert.equal(tf.memory().numTensors, before);
        network.dispose();
        assert.equal(tf.memory().numTensors, none);
      }
    });
  });
}

/** The text that a layers model is refused with. */
async function refusal(layers: tf.LayersModel): Promise<string> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await layers.save(tf.io.withSaveHandler((saved) => {
    artifacts = saved;
    return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(saved) });
  }));
  layers.dispose();
  const options = { name: "net", format: "layers-model", range: "zero-one" } as const;
  const error = await loadTfjsNetwork(artifacts!, options).then(
    () => undefined,
    (reason) => reason,
  );
  assert.equal(error?.name, "WeightsError");
  return error.message;
}

function flat(inputShape: (number | null)[]): tf.Sequential {
  return tf.sequential({ layers: [tf.layers.activation({ activation: "relu", inputShape })] });
}

cpuTest(
  "loadTfjsNetwork() refuses models that do not take one picture of a fixed size",
  async () => {
    const start = 'Cannot use "net" as a classifier: ';
    const must = "must be ?xHEIGHTxWIDTHx3 with a fixed size";
    assert.equal(await refusal(flat([null, null, 3])), `${start}input is ?x?x?x3, ${must}`);
    assert.equal(await refusal(flat([3, 8, 8])), `${start}input is ?x3x8x8, ${must}`);
    assert.equal(await refusal(flat([8])), `${start}input is ?x8, ${must}`);
    const inputs = [1, 2].map(() => tf.input({ shape: [4, 4, 3] }));
    const outputs = tf.layers.add().apply(inputs) as tf.SymbolicTensor;
    assert.equal(
      await refusal(tf.model({ inputs, outputs })),
      `${start}it has 2 inputs and 1 outputs, must have one of each`,
    );
  },
);

cpuTest("loadTfjsNetwork() passes on what tfjs does not know", async () => {
  const modelTopology = { class_name: "Sequential", config: [{ class_name: "Magic", config: {} }] };
  const options = { name: "net", format: "layers-model", range: "zero-one" } as const;
  const artifacts = { modelTopology, weightSpecs: [], weightData: new ArrayBuffer(0) };
  await assert.rejects(loadTfjsNetwork(artifacts, options), {
    name: "WeightsError",
    message: /^Cannot use "net" as a classifier: tfjs says: Unknown layer: Magic/,
  });
});
