import * as tf from "@tensorflow/tfjs";
import { ADAM_KERNEL, adamStep } from "../../../../src/ops/adam_step.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

for (const shape of [[], [3], [4], [5, 7]]) {
  cpuTest(`runAdam() equals the composed step to the bit: [${shape}]`, async () => {
    const kernel = tf.getKernel(ADAM_KERNEL, "wasm")!;
    const step = () =>
      evaluate(() =>
        adamStep({
          parameter: toTensor(formulaTensor(shape)),
          first: toTensor(formulaTensor(shape, { phase: 1 })),
          second: tf.square(toTensor(formulaTensor(shape, { phase: 2 }))),
          gradient: toTensor(formulaTensor(shape, { phase: 3 })),
        }, { beta1: 0.9, beta2: 0.999, rate: 3e-3, rootFactor: 1.7, epsilon: 1e-8 })
      );
    const fused = await step();
    tf.unregisterKernel(ADAM_KERNEL, "wasm");
    try {
      const composed = await step();
      for (const name of ["parameter", "first", "second"] as const) {
        assertAllClose(fused[name], composed[name], EXACT, name);
      }
    } finally {
      tf.registerKernel(kernel);
    }
  });
}
