import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerEsrganLayers } from "../../../src/model/esrgan_layers.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";
import { RESIDUAL_STEP, tinyEnlarger } from "../../support/tiny_enlarger.ts";

for (const scale of [2, 3, 4, 8]) {
  forEachBackend(
    `registerEsrganLayers() lets tfjs run a network with PixelShuffle${scale}x`,
    async () => {
      registerEsrganLayers();
      registerEsrganLayers();
      const artifacts = tinyEnlarger(scale, "residual");
      const model = await tf.loadLayersModel({ load: () => Promise.resolve(artifacts) });
      assert.deepEqual(model.outputs[0]!.shape, [null, null, null, 3]);
      // One row of two pixels; colours after the shuffle are in + place · step, as 5 · 0.2 is 1.
      const colours = [0.1, 0.2, 0.3, 0.5, 0.6, 0.7];
      const output = tf.tidy(() => model.predict(tf.tensor4d(colours, [1, 1, 2, 3])) as tf.Tensor);
      assert.deepEqual(output.shape, [1, scale, 2 * scale, 3]);
      const values = await output.data();
      for (let y = 0, i = 0; y < scale; y++) {
        for (let x = 0; x < 2 * scale; x++) {
          for (let c = 0; c < 3; c++, i++) {
            const place = y * scale + x % scale;
            const expected = colours[Math.floor(x / scale) * 3 + c]! + place * RESIDUAL_STEP;
            // float32; measured worst: 7.1e-8.
            assert.ok(Math.abs(values[i]! - expected) < 1.4e-7, `(${x}, ${y}, ${c}): ${values[i]}`);
          }
        }
      }
      output.dispose();
      model.dispose();
    },
  );
}
