/**
 * Beyond 2 GiB WebAssembly's addresses come to JavaScript as negative numbers.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "../../../../src/kernels/wasm/workspace.ts";
import { adamStep } from "../../../../src/ops/adam_step.ts";
import { partialConv2d } from "../../../../src/ops/partial_conv.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../../../support/formula_tensor.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";

/** Convolutions with and without Winograd, their gradients, partial ones, and a step of Adam. */
async function compute() {
  const { partial, known, ...rest } = await evaluate(() => {
    const tensors: Record<string, tf.Tensor> = {};
    for (const channels of [8, 64]) {
      const x = toTensor<tf.Tensor4D>(formulaTensor([1, 16, 16, channels]));
      const kernel = toTensor<tf.Tensor4D>(formulaTensor([3, 3, channels, channels], { phase: 1 }));
      const convolve = (x: tf.Tensor, kernel: tf.Tensor) =>
        tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, "same");
      const [dx, dw] = tf.grads(convolve)([x, kernel], tf.ones([1, 16, 16, channels]));
      Object.assign(tensors, {
        [`y ${channels}`]: convolve(x, kernel),
        [`dx ${channels}`]: dx,
        [`dw ${channels}`]: dw,
      });
    }
    const { features, validMask } = partialConv2d([{
      features: toTensor<tf.Tensor4D>(formulaTensor([1, 16, 16, 8])),
      validMask: toTensor<tf.Tensor4D>(formulaMask(["speckle"], 16, 16)),
    }], { kernel: toTensor<tf.Tensor4D>(formulaTensor([3, 3, 8, 8])) });
    const number = (phase: number) => toTensor(formulaTensor([5], { phase, shift: 2 }));
    const adam = adamStep(
      { parameter: number(1), first: number(2), second: number(3), gradient: number(4) },
      { beta1: 0.9, beta2: 0.999, rate: 0.01, rootFactor: 1, epsilon: 1e-8 },
    );
    return { ...tensors, ...adam, partial: features, known: validMask };
  });
  return { partial, known, ...rest };
}

cpuTest("kernels give the same bits above 2 GiB as below", async () => {
  const below = await compute();
  const { wasm } = tf.backend() as unknown as WasmBackend;
  // Memory that is taken and never written to costs nothing but addresses.
  const taken = [2 ** 30, 2 ** 30, 2 ** 27].map((bytes) => wasm._malloc(bytes));
  try {
    assert.ok(taken.every((address) => address !== 0), "the addresses are not to be had");
    const probe = wasm._malloc(2 ** 22);
    wasm._free(probe);
    assert.ok(probe >>> 0 > 2 ** 31, `memory is still taken at ${probe >>> 0}`);
    // Every free place below is taken too, so that tensors and scratch go above.
    const small: number[] = [];
    for (let bytes = 2 ** 22; bytes >= 64; bytes /= 2) {
      for (;;) {
        const address = wasm._malloc(bytes);
        small.push(address);
        if (address >>> 0 > 2 ** 31) break;
      }
    }
    const above = await compute();
    for (const address of small) wasm._free(address);
    assert.deepEqual(above, below);
  } finally {
    for (const address of taken) wasm._free(address);
  }
});
