/** Checkpoints of other projects, imported by the command, against what these projects' networks make of a picture. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { readNetworkFile } from "../../src/checkpoint/network_file.ts";
import { importNetwork } from "../../src/checkpoint/network_tensors.ts";
import { weightsImport } from "../../src/commands/weights/weights_import.ts";
import { openGpuEngine } from "../../src/engine/gpu/open_gpu_engine.ts";
import { imageEnds } from "../../src/engine/image_ends.ts";
import { type NetworkNumbers, openEngine } from "../../src/engine/open_engine.ts";
import type { NetworkEngine } from "../../src/engine/types.ts";
import { pixelLanes } from "../../src/kernels/webgpu/choose_tile.ts";
import { disposeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import { assertAllClose, type Tolerance } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture, type StoredValues } from "../support/fixture.ts";
import { forEachBackend, gpuTest, useBackend } from "../support/for_each_backend.ts";
import { formulaMask } from "../support/formula_tensor.ts";
import { unpackFixture } from "../support/packed_fixture.ts";
import { runCommand } from "../support/run_command.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { formulaBatch } from "../support/tiny_run.ts";
import keras from "./fixtures/pconv_keras.json" with { type: "json" };
import mmagic from "./fixtures/pconv_mmagic.json" with { type: "json" };
import naoto from "./fixtures/pconv_naoto.json" with { type: "json" };
import naoto2018 from "./fixtures/pconv_naoto_2018.json" with { type: "json" };

interface Oracle {
  readonly name: string;
  readonly levels: number;
  readonly size: number;
  /** The checkpoint. */
  readonly gzip: string;
  /** Of the first picture every so many values are stored. */
  readonly stride: number;
  readonly output: StoredValues;
  /** The first pixel of the second picture, of which nothing is known: it is everywhere the same. */
  readonly unknown: StoredValues;
}

// Measured, worst of the four, absolute, of values up to 3.3: CPU engine 9.4e-7, runUNet on the CPU 1.4e-6.
const TOLERANCES: Readonly<Record<"cpu" | "gpu", Tolerance>> = {
  cpu: { rtol: 0, atol: 2e-6 },
  // Measured on the software GPU: engine 1.5e-6, runUNet 1.1e-6. Other GPUs round differently, hence the room.
  gpu: { rtol: 1e-5, atol: 5e-6 },
};

/** Imports the fixture's file by the command and reads the result. */
async function imported({ gzip }: Oracle): Promise<NetworkNumbers> {
  const networks: NetworkNumbers[] = [];
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/theirs`, await unpackFixture(gzip));
    const line = ["weights", "import", "pconv", `${folder}/theirs`];
    const { code, out, err } = await runCommand(line, weightsImport);
    assert.equal(code, 0, err);
    assert.equal(out, `${folder}/theirs.safetensors\n`);
    networks.push(await readNetworkFile(`${folder}/theirs.safetensors`));
  });
  return networks[0]!;
}

const MASKS = ["block", "empty"] as const;

function check(
  { output, unknown, stride }: Oracle,
  [first, second]: readonly Float32Array[],
  tolerance: Tolerance,
): void {
  const kept = [...first!].filter((_, i) => i % stride === 0);
  assertAllClose({ shape: [kept.length], data: kept }, fromFixture(output), tolerance, "output");
  const whole = Float32Array.from(second!, (_, i) => fromFixture(unknown).data[i % 3]!);
  const shape = [whole.length];
  assertAllClose({ shape, data: second! }, { shape, data: whole }, tolerance, "nothing known");
}

async function checkEngine(oracle: Oracle, engine: NetworkEngine, tolerance: Tolerance) {
  const { size } = oracle;
  const { rgb255 } = formulaBatch(0, { size, masks: [...MASKS] });
  const pixels = size * size;
  const masks = formulaMask([...MASKS], size, size).data;
  const requests = MASKS.map((_, item) => ({
    ...{ height: size, width: size },
    rgb01: Float32Array.from(
      rgb255.subarray(item * pixels * 3, (item + 1) * pixels * 3),
      (v) => v / 255,
    ),
    validMask: Uint8Array.from(
      { length: pixels },
      (_, i) => masks[item * pixels + i]!,
    ),
  }));
  try {
    check(oracle, await engine.run(requests), tolerance);
  } finally {
    engine.close();
  }
}

for (const { cases: [oracle] } of [naoto, naoto2018, mmagic, keras] as { cases: Oracle[] }[]) {
  const { name, size, levels } = oracle!;

  Deno.test(`the CPU engine with imported weights equals PyTorch: ${name}`, async () => {
    const network = await imported(oracle!);
    assert.equal(network.config.encoder.length, levels);
    const engine = await openEngine({ device: "cpu", network, log: () => {}, threads: 1 });
    await checkEngine(oracle!, engine, TOLERANCES.cpu);
  });

  gpuTest(`the GPU engine with imported weights equals PyTorch: ${name}`, async (gpu) => {
    const { config, arrays } = await imported(oracle!);
    await useBackend("gpu");
    const chooseTile = pixelLanes({ mostPixels: 4 });
    const layers = openGpuEngine(config, arrays, { ...gpu, isSoftware: true }, { chooseTile });
    await checkEngine(oracle!, imageEnds({ config, arrays })(layers), TOLERANCES.gpu);
    await useBackend("cpu");
  });

  forEachBackend(`runUNet() with imported weights equals PyTorch: ${name}`, async (device) => {
    const { config, arrays } = await imported(oracle!);
    const parameters = importNetwork(config, arrays, name);
    const { output } = await evaluate(() => {
      const { rgb255 } = formulaBatch(0, { size, masks: [...MASKS] });
      const features = tf.div(tf.tensor4d(rgb255, [2, size, size, 3], "float32"), 255);
      const validMask = toTensor<tf.Tensor4D>(formulaMask([...MASKS], size, size));
      return {
        output:
          runUNet(config, parameters, { features: features as tf.Tensor4D, validMask }).output,
      };
    });
    disposeParameters(parameters);
    const values = Float32Array.from(output.data);
    const half = values.length / 2;
    check(oracle!, [values.subarray(0, half), values.subarray(half)], TOLERANCES[device]);
  });
}
