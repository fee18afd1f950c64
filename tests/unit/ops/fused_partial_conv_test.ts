import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  fusedPartialConv2d,
  fusedRatio,
  hasFusedKernels,
  readFusedCall,
} from "../../../src/ops/fused_partial_conv.ts";
import { groupConv2d } from "../../../src/ops/group_conv.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../../support/formula_tensor.ts";

Deno.test("readFusedCall() names the entries of a list", () => {
  const attributes = { stride: 1, upsamples: [1, 2], hasBias: true, hasMasks: true };
  assert.deepEqual(readFusedCall(["k", "b", "r", "v", "x", "y", "m", "n"], attributes), {
    kernel: "k",
    bias: "b",
    ratio: "r",
    validMask: "v",
    features: ["x", "y"],
    masks: ["m", "n"],
  });
  const plain = { ...attributes, hasBias: false, hasMasks: false };
  assert.deepEqual(readFusedCall(["k", "x", "y"], plain), {
    kernel: "k",
    bias: undefined,
    ratio: undefined,
    validMask: undefined,
    features: ["x", "y"],
    masks: [],
  });
});

cpuTest("fusedRatio() divides the whole window by its known part", async () => {
  assert.equal(hasFusedKernels(), true);
  const mask = { shape: [1, 1, 4, 1], data: [1, 0, 0, 0] };
  const { ratio, validMask } = await evaluate(() =>
    fusedRatio([toTensor(mask)], {
      ...{ stride: 1, upsamples: [1], channels: [5], kernelSize: [3, 3] },
    })
  );
  // 9·5 entries, of which 5 are known in the first two windows.
  assertAllClose(ratio, { shape: [1, 1, 4, 1], data: [9, 9, 0, 0] }, EXACT);
  assertAllClose(validMask, { shape: [1, 1, 4, 1], data: [1, 1, 0, 0] }, EXACT);
});

cpuTest("fusedPartialConv2d() has the right gradients", async () => {
  const masks = [formulaMask(["speckle"], 3, 2), formulaMask(["block"], 6, 4)];
  await checkGradient(
    (kernel, bias, first, second) => {
      const tensors = masks.map((mask) => toTensor<tf.Tensor4D>(mask));
      const kernelSize = [3, 3] as const;
      const upsamples = [2, 1] as const;
      const attributes = { stride: 1, upsamples, channels: [2, 3], kernelSize };
      const groups = [first, second].map((features, i) => ({
        features: features as tf.Tensor4D,
        upsample: upsamples[i]!,
      }));
      const options = { kernel: kernel as tf.Tensor4D, bias: bias as tf.Tensor1D };
      return fusedPartialConv2d(groups, options, {
        masks: tensors,
        ...fusedRatio(tensors, attributes),
      });
    },
    [[3, 3, 5, 4], [4], [1, 3, 2, 2], [1, 6, 4, 3]].map((shape, i) =>
      formulaTensor(shape, { phase: i })
    ),
  );
});

cpuTest("fusedPartialConv2d() without masks is a plain convolution", async () => {
  const { fused, plain } = await evaluate(() => {
    const features = toTensor<tf.Tensor4D>(formulaTensor([2, 5, 4, 3]));
    const kernel = toTensor<tf.Tensor4D>(formulaTensor([5, 3, 3, 2], { phase: 1 }));
    const bias = toTensor<tf.Tensor1D>(formulaTensor([2], { phase: 2 }));
    const pad: [[number, number], [number, number], [number, number], [number, number]] = [
      ...[[0, 0], [2, 2], [1, 1], [0, 0]] as [
        [number, number],
        [number, number],
        [number, number],
        [number, number],
      ],
    ];
    return {
      fused: groupConv2d([{ features }], { kernel, bias, stride: 2 }),
      plain: tf.add(tf.conv2d(features, kernel, 2, pad), bias),
    };
  });
  assertAllClose(fused, plain, { rtol: 1e-6, atol: 1e-6 });
});
