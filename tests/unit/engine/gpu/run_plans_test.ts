import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { inputPlanes } from "../../../../src/engine/gpu/input_planes.ts";
import { runPlans } from "../../../../src/engine/gpu/run_plans.ts";
import { disposeNetwork, uploadNetwork } from "../../../../src/engine/gpu/upload_network.ts";
import { planForward } from "../../../../src/engine/plan/plan_forward.ts";
import { pixelLanes } from "../../../../src/kernels/webgpu/choose_tile.ts";
import type { UNetConfig } from "../../../../src/model/unet_config.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { makeHoledPicture } from "../../../support/holed_picture.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

const CONFIG: UNetConfig = {
  encoder: [{ kernel: 5, channels: 8 }, { kernel: 3, channels: 8 }, { kernel: 3, channels: 16 }],
  base: "pyramid",
  normalisation: "none",
  range: "[0,1]",
};

// Against runUNet(): open_gpu_engine_test.ts.
for (const base of ["pyramid", "none"] as const) {
  gpuTest(`runPlans() reads nothing that it has not computed: base ${base}`, async () => {
    await useBackend("gpu");
    const config = { ...CONFIG, base };
    const network = uploadNetwork(config, makeRandomNetwork(config), 1e9);
    const picture = makeHoledPicture({ height: 32, width: 48 });
    const wanted = picture.validMask.map((value, i) => i % 48 < 20 ? 1 - value : 0);
    const run = async () => {
      const output = runPlans(network, {
        height: 32,
        width: 48,
        plans: [planForward(config, { ...picture, wanted })],
        inputs: [inputPlanes(config, picture)],
      }, pixelLanes({ mostPixels: 4 }));
      const values = await output.data();
      output.dispose();
      return [...values].filter((_, i) => i % 4 < 3 && wanted[Math.floor(i / 4)] === 1);
    };
    const before = await run();
    // Memory is used again, by size: whatever is read without being written now is no number.
    const sizes = [1, 2, 4, 8].flatMap((scale) =>
      [4, 8, 16].map((channels) => 32 * 48 / scale ** 2 * channels)
    );
    const poison = sizes.flatMap((size) => Array.from({ length: 6 }, () => tf.fill([size], NaN)));
    await Promise.all(poison.map((tensor) => tensor.data()));
    tf.dispose(poison);
    assert.ok(before.length > 100);
    assert.ok(before.every(Number.isFinite));
    assert.deepEqual(await run(), before);
    disposeNetwork(network);
    await useBackend("cpu");
  });
}
