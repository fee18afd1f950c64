import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../../../../src/kernels/wasm/replace_kernel.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";

const run = (name: string, x: tf.Tensor) => tf.engine().runKernel(name, { x }, {}) as tf.Tensor;

cpuTest("replaceKernel() leaves to tfjs's own kernel what ours does not take", async () => {
  const stock = tf.getKernel("Neg", "wasm")!;
  try {
    let calls = 0;
    replaceKernel("Neg", ({ inputs, workspace }) => {
      calls++;
      const { dataId, shape, dtype } = inputs["x"]!;
      if (shape.length > 1) return undefined;
      workspace.share(dataId);
      return { dataId, shape, dtype };
    });
    const [line, square] = [tf.tensor1d([1]), tf.tensor2d([[2]])];
    const [same, negative] = [run("Neg", line), run("Neg", square)];
    assert.deepEqual([...await same.data(), ...await negative.data()], [1, -2]);
    assert.equal(calls, 2);
    // Shared memory outlives the first of its owners.
    line.dispose();
    assert.deepEqual([...await same.data()], [1]);
    tf.dispose([square, same, negative]);
  } finally {
    tf.unregisterKernel("Neg", "wasm");
    tf.registerKernel(stock);
  }
});

cpuTest("replaceKernel() fails clearly where there is no other kernel", async () => {
  replaceKernel("NothingAtAll", () => undefined);
  try {
    const x = tf.scalar(1);
    assert.throws(() => run("NothingAtAll", x), {
      message: "Cannot run NothingAtAll on WebAssembly: not in this form",
    });
    x.dispose();
  } finally {
    tf.unregisterKernel("NothingAtAll", "wasm");
  }
  await Promise.resolve();
});
