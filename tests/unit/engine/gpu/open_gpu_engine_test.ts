import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { Backend } from "../../../../src/backend/open_backend.ts";
import { importNetwork } from "../../../../src/checkpoint/network_tensors.ts";
import type { NamedArray } from "../../../../src/checkpoint/safetensors.ts";
import { openGpuEngine } from "../../../../src/engine/gpu/open_gpu_engine.ts";
import type { ForwardRequest } from "../../../../src/engine/types.ts";
import { OutOfMemoryError } from "../../../../src/errors.ts";
import {
  type ChooseTile,
  pixelLanes,
  sharedTiles,
} from "../../../../src/kernels/webgpu/choose_tile.ts";
import { disposeParameters } from "../../../../src/model/parameters.ts";
import { runUNet } from "../../../../src/model/pconv_unet.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { type Device, gpuTest, useBackend } from "../../../support/for_each_backend.ts";
import { makeHoledPicture } from "../../../support/holed_picture.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

/** As `lite`, but narrow; channels that are no multiples of 4. */
const NARROW: UNetConfig = {
  encoder: [{ kernel: 7, channels: 6 }, { kernel: 5, channels: 16 }, { kernel: 3, channels: 8 }],
  base: "pyramid",
  normalisation: "none",
  range: "[0,1]",
};

const CONFIGS: readonly (readonly [name: string, UNetConfig])[] = [
  ["tiny", PRESETS.tiny],
  ["narrow, over a base", NARROW],
  ["narrow, with batch norm over a base", { ...NARROW, normalisation: "batch" }],
  ["typical convolutions", {
    ...PRESETS.tiny,
    convolution: "typical",
    holeValue: "imagenet-mean",
  }],
];

const TILES: readonly (readonly [name: string, ChooseTile])[] = [
  ["pixel lanes", pixelLanes({ mostPixels: 4 })],
  ["shared tiles", sharedTiles()],
];

/** Two pictures of one size and one of another; the second wants its hole alone, the third a corner. */
function makeRequests(): ForwardRequest[] {
  const first = makeHoledPicture({ height: 24, width: 40 });
  // A hole so large that its middle stays empty for some levels.
  const second = makeHoledPicture({ height: 24, width: 40, seed: 2, isHole: (_, x) => x > 7 });
  const third = makeHoledPicture({ height: 16, width: 16, seed: 3 });
  return [
    first,
    { ...third, wanted: third.validMask.map((_, i) => i % 16 < 3 && i < 48 ? 1 : 0) },
    { ...second, wanted: second.validMask.map((value) => 1 - value) },
  ];
}

/** What `runUNet` makes of it on a backend. */
async function reference(
  device: Device,
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
  { height, width, rgb01, validMask }: ForwardRequest,
): Promise<Float32Array> {
  await useBackend(device);
  const parameters = importNetwork(config, arrays, "a test");
  const output = tf.tidy(() =>
    runUNet(config, parameters, {
      features: tf.tensor4d(rgb01, [1, height, width, 3]),
      validMask: tf.tensor4d(Float32Array.from(validMask), [1, height, width, 1]),
    }).output
  );
  const values = await output.data() as Float32Array;
  output.dispose();
  disposeParameters(parameters);
  return values;
}

const openOn = (gpu: Backend, isSoftware = true) => ({ ...gpu, isSoftware });

for (const [name, config] of CONFIGS) {
  for (const device of ["cpu", "gpu"] as const) {
    gpuTest(`run() equals runUNet() on the ${device}: ${name}`, async (gpu) => {
      const arrays = makeRandomNetwork(config);
      const requests = makeRequests();
      const expected: Float32Array[] = [];
      for (const request of requests) {
        expected.push(await reference(device, config, arrays, request));
      }
      await useBackend("gpu");
      for (const [tiles, chooseTile] of TILES) {
        const engine = openGpuEngine(config, arrays, openOn(gpu), { chooseTile });
        const outputs = await engine.run(requests);
        engine.close();
        requests.forEach(({ height, width, wanted }, i) => {
          const shape = [height, width, 3];
          const data = expected[i]!.map((value, at) =>
            wanted?.[Math.floor(at / 3)] === 0 ? value : outputs[i]![at]!
          );
          // Measured: at most 1.3e-6 of the largest output, which is up to 100 where a window holds little.
          const largest = expected[i]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          const close = { rtol: 0, atol: 2e-6 * largest };
          assertAllClose({ shape, data }, { shape, data: expected[i]! }, close, `${tiles}, ${i}`);
        });
      }
      await useBackend("cpu");
    });
  }
}

gpuTest(
  "run() cuts a batch that the device cannot hold, and refuses a picture it cannot",
  async (gpu) => {
    await useBackend("gpu");
    const arrays = makeRandomNetwork(PRESETS.tiny);
    const picture = makeHoledPicture({ height: 16, width: 16 });
    const other = makeHoledPicture({ height: 16, width: 16, seed: 2 });
    // 16·16 pixels of four channels: 4096 bytes for one picture, the most of its buffers.
    const limits = { maxStorageBufferBindingSize: 8191, maxBufferSize: 1e9 };
    const whole = openGpuEngine(PRESETS.tiny, arrays, openOn(gpu));
    const small = openGpuEngine(PRESETS.tiny, arrays, { ...openOn(gpu), limits });
    const expected = await whole.run([picture, other]);
    assert.deepEqual(await small.run([picture, other]), expected);
    const large = makeHoledPicture({ height: 24, width: 24 });
    await assert.rejects(small.run([picture, large]), (error: Error) => {
      assert.ok(error instanceof OutOfMemoryError);
      assert.equal(
        error.message,
        "Cannot run the network on 24x24 pixels: a buffer takes 9216 bytes, must be at most 8191 on this device",
      );
      return true;
    });
    whole.close();
    small.close();
    await useBackend("cpu");
  },
);

gpuTest("openGpuEngine() refuses weights that the device cannot hold", async (gpu) => {
  await useBackend("gpu");
  const limits = { maxStorageBufferBindingSize: 1000, maxBufferSize: 1e9 };
  // 5x5 taps of 4 channels (one of them empty) to 4: 400 numbers.
  assert.throws(
    () => openGpuEngine(PRESETS.tiny, makeRandomNetwork(PRESETS.tiny), { ...openOn(gpu), limits }),
    /^OutOfMemoryError: .*the weights of encoder\/1 take 1600 bytes, must be at most 1000/,
  );
  await useBackend("cpu");
});

gpuTest(
  "run() says what does not fit, and that the engine is closed or not on its backend",
  async (gpu) => {
    await useBackend("gpu");
    let closed = 0;
    const engine = openGpuEngine(PRESETS.tiny, makeRandomNetwork(PRESETS.tiny), openOn(gpu), {
      onClose: () => closed++,
    });
    assert.ok(engine.name.startsWith(`gpu, ${gpu.name}`), engine.name);
    const picture = makeHoledPicture({ height: 12, width: 16 });
    await assert.rejects(engine.run([picture]), /^RangeError: .*\[12, 16, 3\].*multiples of 8/);
    const odd = { ...makeHoledPicture({ height: 16, width: 16 }), rgb01: new Float32Array(5) };
    await assert.rejects(
      engine.run([odd]),
      /^RangeError: .*rgb01 has 5 numbers, \[16, 16\] needs 768/,
    );
    await useBackend("cpu");
    const fitting = makeHoledPicture({ height: 8, width: 8 });
    await assert.rejects(engine.run([fitting]), /^Error: .*another backend, "wasm"/);
    assert.deepEqual(await engine.run([]), []);
    engine.close();
    engine.close();
    assert.equal(closed, 1);
    await assert.rejects(engine.run([fitting]), /^Error: .*closed/);
  },
);

gpuTest("runs may overlap", async (gpu) => {
  await useBackend("gpu");
  const engine = openGpuEngine(PRESETS.tiny, makeRandomNetwork(PRESETS.tiny), openOn(gpu));
  const pictures = [1, 2, 3].map((seed) => makeHoledPicture({ height: 16, width: 24, seed }));
  const alone: Float32Array[][] = [];
  for (const picture of pictures) alone.push(await engine.run([picture]));
  const together = await Promise.all(pictures.map((picture) => engine.run([picture])));
  assert.deepEqual(together, alone);
  engine.close();
  await useBackend("cpu");
});

gpuTest("memory of the device stays flat over pictures with ever new holes", async (gpu) => {
  await useBackend("gpu");
  const engine = openGpuEngine(PRESETS.tiny, makeRandomNetwork(PRESETS.tiny), openOn(gpu));
  const allocated = async (seed: number) => {
    const picture = makeHoledPicture({
      height: 32,
      width: 32,
      seed,
      isHole: (y, x) => y * 32 + x < 40 * seed,
    });
    await engine.run([{ ...picture, wanted: picture.validMask.map((value) => 1 - value) }]);
    return (tf.memory() as unknown as { numBytesAllocatedInGPU: number }).numBytesAllocatedInGPU;
  };
  // Lists take lengths of 256, 512 and 1024: the first pictures meet all of them.
  for (const seed of [1, 8, 16, 24]) await allocated(seed);
  const before = await allocated(2);
  for (let seed = 3; seed < 24; seed++) assert.equal(await allocated(seed), before);
  engine.close();
  await useBackend("cpu");
});
