import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { loadTfjsEnlarger } from "../../../src/model/tfjs_enlarger.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { tinyEnlarger } from "../../support/tiny_enlarger.ts";

forEachBackend("loadTfjsEnlarger() runs networks and knows the range of each kind", async () => {
  const none = tf.memory().numTensors;
  for (const [kind, white] of [["plain", 255], ["residual", 1]] as const) {
    const network = await loadTfjsEnlarger(tinyEnlarger(3, kind), { name: "net", scale: 3 });
    assert.equal(network.white, white);
    const before = tf.memory().numTensors;
    const output = tf.tidy(() => network.run(tf.ones([1, 5, 4, 3])));
    assert.deepEqual(output.shape, [1, 15, 12, 3]);
    output.dispose();
    assert.equal(tf.memory().numTensors, before);
    network.dispose();
    assert.equal(tf.memory().numTensors, none);
  }
});

cpuTest(
  "loadTfjsEnlarger() refuses what does not enlarge by the scale, or has unknown layers",
  async () => {
    const none = tf.memory().numTensors;
    await assert.rejects(loadTfjsEnlarger(tinyEnlarger(2, "plain"), { name: "net", scale: 4 }), {
      name: "WeightsError",
      message: 'Cannot enlarge with "net": it makes 1x16x18x3 of 1x8x9x3, must be 1x32x36x3',
    });
    assert.equal(tf.memory().numTensors, none);
    const { modelTopology, ...rest } = tinyEnlarger(2, "residual");
    const text = JSON.stringify(modelTopology).replace("Conv2D", "Sorcery");
    const strange = { ...rest, modelTopology: JSON.parse(text) };
    await assert.rejects(loadTfjsEnlarger(strange, { name: "net", scale: 2 }), {
      name: "WeightsError",
      message: /^Cannot enlarge with "net": tfjs says: Unknown layer: Sorcery/,
    });
  },
);
