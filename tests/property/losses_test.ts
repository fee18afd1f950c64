/**
 * Laws of the losses, on the CPU.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import { composite } from "../../src/ops/composite.ts";
import type { Loss } from "../../src/task/types.ts";
import { holeLogMse } from "../../tasks/losses/hole_log_mse.ts";
import { hole } from "../../tasks/losses/hole.ts";
import { totalVariation } from "../../tasks/losses/total_variation.ts";
import { valid } from "../../tasks/losses/valid.ts";
import { catalog } from "../../tasks/mod.ts";
import { assertAllClose, EXACT, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { type MaskedCase, maskedCases, noise, RUNS } from "./arbitraries.ts";

// Laws of the losses over features are in feature_losses_test.ts.

// No smaller than 2x2: tfjs's wasm backend adds up an empty tensor to whatever the memory held.
const cases = maskedCases(fc.record({
  height: fc.integer({ min: 2, max: 6 }),
  width: fc.integer({ min: 2, max: 6 }),
}));

function law(name: string, body: (image: MaskedCase) => Promise<void>): void {
  cpuTest(name, () => fc.assert(fc.asyncProperty(cases, body), RUNS));
}

function compute(loss: Loss, output: tf.Tensor, target: tf.Tensor, { validMask }: MaskedCase) {
  const [out, goal] = [output as tf.Tensor4D, target as tf.Tensor4D];
  const mask = toTensor<tf.Tensor4D>(validMask);
  return loss.compute({
    output: out,
    target: goal,
    validMask: mask,
    composite: composite(out, goal, mask),
    features: () => assert.fail("this loss needs no features"),
  });
}

/** Lower bounds; 0 where nothing is said. */
const BOUNDS: Readonly<Record<string, number>> = { "hole-log-mse": Math.log(1e-4) };

for (const [name, make] of catalog.losses) {
  if (make().needsFeatures) continue;
  law(`the loss "${name}" is a scalar above its bound, with a finite gradient`, async (image) => {
    const shape = [image.n, image.height, image.width, 3];
    const { value, gradient } = await evaluate(() => {
      const target = toTensor(noise(shape, image.seed));
      const run = tf.valueAndGrad((x) => compute(make(), x, target, image));
      const { value, grad } = run(toTensor(noise(shape, image.seed + 1)));
      return { value, gradient: grad };
    });
    assert.deepEqual(value.shape, []);
    assert.ok(value.data[0]! >= (BOUNDS[name] ?? 0) - 1e-5, `${value.data[0]}`);
    assert.ok(Array.from(gradient.data).every(Number.isFinite));
  });
}

for (const loss of [hole(), valid(), holeLogMse()]) {
  law(
    `the loss "${loss.name}" is at its bound where output and target are equal`,
    async (image) => {
      const target = noise([image.n, image.height, image.width, 3], image.seed);
      const { value } = await evaluate(() => ({
        value: compute(loss, toTensor(target), toTensor(target), image),
      }));
      assert.ok(Math.abs(value.data[0]! - (BOUNDS[loss.name] ?? 0)) < 1e-6);
    },
  );
}

cpuTest("total variation of a constant image is 0, whatever the mask", () =>
  fc.assert(
    fc.asyncProperty(cases, fc.double({ min: 0, max: 1, noNaN: true }), async (image, color) => {
      const { value } = await evaluate(() => {
        const flat = tf.fill([image.n, image.height, image.width, 3], color);
        return { value: compute(totalVariation(), flat, flat, image) };
      });
      assert.equal(value.data[0], 0);
    }),
    RUNS,
  ));

for (const [loss, region] of [[hole(), 1], [holeLogMse(), 1], [valid(), 0]] as const) {
  const what = region === 1 ? "known pixels" : "pixels in the hole";
  law(`the loss "${loss.name}" gives ${what} no gradient, to the bit`, async (image) => {
    const shape = [image.n, image.height, image.width, 3];
    const { rest } = await evaluate(() => {
      const target = toTensor(noise(shape, image.seed));
      const gradient = tf.grad((x) => compute(loss, x, target, image));
      const dx = gradient(toTensor(noise(shape, image.seed + 1)));
      const mask = toTensor(image.validMask);
      return { rest: tf.mul(dx, region === 1 ? mask : tf.sub(1, mask)) };
    });
    const zeros: Values = { shape, data: new Float32Array(rest.data.length) };
    assertAllClose(rest, zeros, EXACT);
  });
}
