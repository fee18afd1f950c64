/**
 * A device with the least limits that WebGPU allows, and one that is destroyed.
 *
 * A file of its own, because it opens devices in place of the one that tests share.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openGpu } from "../../../../src/backend/open_gpu.ts";
import { openGpuEngine } from "../../../../src/engine/gpu/open_gpu_engine.ts";
import { DeviceLostError, OutOfMemoryError } from "../../../../src/errors.ts";
import { pixelLanes, sharedTiles } from "../../../../src/kernels/webgpu/choose_tile.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { gpuTest } from "../../../support/for_each_backend.ts";
import { makeHoledPicture } from "../../../support/holed_picture.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

/** WebGPU's defaults: https://www.w3.org/TR/webgpu/#limits. */
const DEFAULTS = {
  maxStorageBufferBindingSize: 134217728,
  maxBufferSize: 268435456,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupsPerDimension: 65535,
};

gpuTest(
  "with default limits the engine works as with all limits, or refuses in words",
  async () => {
    const picture = makeHoledPicture({ height: 32, width: 40 });
    const arrays = makeRandomNetwork(PRESETS.tiny);
    const outputs: Float32Array[][] = [];
    for (const raisesLimits of [true, false]) {
      const device = await openGpu({ raisesLimits });
      if (!raisesLimits) {
        for (const [name, value] of Object.entries(DEFAULTS)) {
          assert.equal(device.limits[name], value, name);
        }
      }
      for (const chooseTile of [pixelLanes({ mostPixels: 4 }), sharedTiles({ pixels: 8 })]) {
        const engine = openGpuEngine(PRESETS.tiny, arrays, device, { chooseTile });
        outputs.push(await engine.run([picture]));
        engine.close();
      }
      if (raisesLimits) continue;
      // 128 channels at half of 1026x1024 pixels take 4·128·513·512 bytes, 262144 more than a binding holds.
      const wide: UNetConfig = {
        encoder: [{ kernel: 1, channels: 128 }],
        base: "none",
        normalisation: "none",
        range: "[0,1]",
      };
      const engine = openGpuEngine(wide, makeRandomNetwork(wide), device);
      const large = makeHoledPicture({ height: 1026, width: 1024 });
      await assert.rejects(engine.run([large]), (error: Error) => {
        assert.ok(error instanceof OutOfMemoryError);
        assert.equal(error.cause, undefined);
        assert.match(error.message, /1026x1024 pixels: a buffer takes 134479872 bytes.* 134217728/);
        return true;
      });
      // Nothing was dispatched, so the device is as good as before.
      device.assertHealthy();
      engine.close();
    }
    // Each program against itself: hardware may round two programs differently.
    assert.deepEqual(outputs.slice(2), outputs.slice(0, 2));
    await tf.setBackend("wasm");
  },
);

gpuTest(
  "a device that is destroyed in the middle fails as lost, and never gives old numbers",
  async () => {
    const device = await openGpu();
    const engine = openGpuEngine(PRESETS.tiny, makeRandomNetwork(PRESETS.tiny), device);
    const picture = makeHoledPicture({ height: 16, width: 16 });
    await engine.run([picture]);
    const running = engine.run([picture]);
    (tf.backend() as unknown as { device: GPUDevice }).device.destroy();
    await assert.rejects(running, (error: Error) => {
      assert.ok(error instanceof DeviceLostError, String(error));
      assert.match(error.message, /^GPU ".*" failed: the device was lost \(destroyed\)/);
      return true;
    });
    await assert.rejects(engine.run([picture]), DeviceLostError);
    assert.throws(device.assertHealthy, DeviceLostError);
    engine.close();

    const fresh = await openGpu();
    const again = openGpuEngine(PRESETS.tiny, makeRandomNetwork(PRESETS.tiny), fresh);
    const [output] = await again.run([picture]);
    assert.ok(output!.every(Number.isFinite));
    fresh.assertHealthy();
    again.close();
    await tf.setBackend("wasm");
  },
);
