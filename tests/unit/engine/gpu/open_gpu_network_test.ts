/** A file of its own, because it loses the device that tests share. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openGpuNetwork } from "../../../../src/engine/gpu/open_gpu_network.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { gpuTest } from "../../../support/for_each_backend.ts";
import { makeHoledPicture } from "../../../support/holed_picture.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

gpuTest(
  "openGpuNetwork() goes on with a fresh device when its own is destroyed in a run",
  async (gpu) => {
    const lines: string[] = [];
    const engine = await openGpuNetwork({
      config: PRESETS.tiny,
      arrays: makeRandomNetwork(PRESETS.tiny),
      log: (line) => lines.push(line),
    });
    assert.ok(engine.name.startsWith(`gpu, ${gpu.name}`), engine.name);
    const picture = makeHoledPicture({ height: 16, width: 24 });
    const other = makeHoledPicture({ height: 16, width: 24, seed: 2 });
    const expected = [await engine.run([picture]), await engine.run([other])];
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    const running = [engine.run([picture]), engine.run([other])];
    device.destroy();
    assert.deepEqual(await Promise.all(running), expected);
    assert.ok(lines.length >= 1);
    for (const line of lines) {
      assert.match(
        line,
        /^GPU ".*" failed: the device was lost .*; going on with a fresh device: gpu, /,
      );
    }
    assert.notEqual((tf.backend() as unknown as { device: GPUDevice }).device, device);
    assert.deepEqual(await engine.run([picture]), expected[0]);
    engine.close();
    await tf.setBackend("wasm");
  },
);
