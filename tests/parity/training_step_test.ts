/**
 * Inference and training steps of whole networks, GPU against CPU.
 */
import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import { disposeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import { PRESETS, type UNetConfig } from "../../src/model/unet_config.ts";
import { train } from "../../src/training/loop.ts";
import { disposeTrainingState } from "../../src/training/state.ts";
import { reconstruction } from "../../tasks/recipes/reconstruction.ts";
import { assertAllClose, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { type Device, gpuTest, useBackend } from "../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../support/formula_tensor.ts";
import { formulaBatch, formulaParameters, formulaState } from "../support/tiny_run.ts";
import { snapshot } from "../recipe/snapshot.ts";

const SIZE = 32;
const MASKS = ["block", "speckle"] as const;

// Measured on the software GPU: output 2.4e-6, losses 4.5e-6, parameters below 1e-6. The room is for GPUs
// that round differently; Adam turns the rounding of a gradient near 0 into a part of a step.
const FORWARD = { rtol: 1e-4, atol: 1e-4 };
const TRAINED = { rtol: 1e-3, atol: 3e-4 };

const CONFIGS: Readonly<Record<string, UNetConfig>> = {
  "as in the paper": PRESETS.tiny,
  "over the pyramid fill": { ...PRESETS.tiny, base: "pyramid", normalisation: "none" },
};

for (const [name, config] of Object.entries(CONFIGS)) {
  gpuTest(`GPU and CPU agree on the network's output: ${name}`, async () => {
    const run = async (device: Device): Promise<Values> => {
      await useBackend(device);
      const parameters = formulaParameters(config);
      const { output } = await evaluate(() => ({
        output: runUNet(config, parameters, {
          features: toTensor<tf.Tensor4D>(
            formulaTensor([2, SIZE, SIZE, 3], { scale: 0.5, shift: 0.5 }),
          ),
          validMask: toTensor<tf.Tensor4D>(formulaMask(MASKS, SIZE, SIZE)),
        }).output,
      }));
      disposeParameters(parameters);
      return output;
    };
    const [gpu, cpu] = [await run("gpu"), await run("cpu")];
    assert.ok(Array.from(cpu.data).every(Number.isFinite));
    assertAllClose(gpu, cpu, FORWARD, "output");
  });

  gpuTest(`GPU and CPU agree on two training steps: ${name}`, async () => {
    const run = async (device: Device) => {
      await useBackend(device);
      const state = formulaState(config);
      const reports = await Array.fromAsync(train(
        reconstruction({ steps: 2, learningRate: 1e-3 }),
        state,
        {
          batch: (step) => Promise.resolve(formulaBatch(step, { size: SIZE, masks: MASKS })),
          size: SIZE,
          reportEvery: 1,
        },
      ));
      const numbers = await snapshot(state);
      disposeTrainingState(state);
      return { losses: reports.map(({ total }) => total), ...numbers };
    };
    const [gpu, cpu] = [await run("gpu"), await run("cpu")];
    const list = (data: ArrayLike<number>): Values => ({ shape: [data.length], data });
    assertAllClose(list(gpu.losses), list(cpu.losses), { rtol: 1e-4, atol: 0 }, "losses");
    for (const [path, values] of Object.entries(cpu.network)) {
      assertAllClose(list(gpu.network[path]!), list(values), TRAINED, path);
    }
  });
}
