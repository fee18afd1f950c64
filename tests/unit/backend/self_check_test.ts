import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { selfCheck } from "../../../src/backend/self_check.ts";
import { BackendError } from "../../../src/errors.ts";
import { forEachBackend, useBackend } from "../../support/for_each_backend.ts";

forEachBackend("selfCheck() accepts a backend that computes right", async () => {
  await selfCheck("this backend");
});

/** Makes a kernel of the CPU backend answer with one number everywhere. */
async function withBrokenKernel(name: string, value: number, body: () => Promise<void>) {
  const config = tf.getKernel(name, "wasm")!;
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => {
    const { strides, dilations, pad, inputShape, filterShape } =
      attrs as unknown as ConvolutionAttributes;
    const [x, filter] = [inputs["x"], inputs["filter"]] as [tf.Tensor4D, tf.Tensor4D];
    const shape = name === "Conv2D"
      ? tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, pad).outShape
      : inputShape ?? filterShape!;
    return tf.fill([...shape], value);
  };
  tf.unregisterKernel(name, "wasm");
  tf.registerKernel({ ...config, kernelFunc });
  try {
    await body();
  } finally {
    tf.unregisterKernel(name, "wasm");
    tf.registerKernel(config);
  }
}

interface ConvolutionAttributes {
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: "valid";
  readonly inputShape?: readonly number[];
  readonly filterShape?: readonly number[];
}

const FAULTS: readonly (readonly [kernel: string, what: string])[] = [
  ["Conv2D", "output"],
  ["Conv2DBackpropInput", "input gradient"],
  ["Conv2DBackpropFilter", "filter gradient"],
];

for (const [kernel, what] of FAULTS) {
  for (const value of [0, NaN]) {
    Deno.test(`selfCheck() refuses a backend whose ${what} is always ${value}`, async () => {
      await useBackend("cpu");
      const message = new RegExp(
        `^Cannot use the test backend: the ${what} of a test convolution is off by ` +
          `${value === 0 ? "\\d\\.\\de[+-]\\d+" : "NaN"}, must be below 0\\.0001$`,
      );
      await withBrokenKernel(
        kernel,
        value,
        () =>
          assert.rejects(selfCheck("the test backend"), (error: Error) => {
            assert.ok(error instanceof BackendError);
            assert.match(error.message, message);
            assert.match(error.hint!, /--device cpu/);
            return true;
          }),
      );
    });
  }
}
