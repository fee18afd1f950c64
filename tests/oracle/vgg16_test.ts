/**
 * VGG-16 with formula weights against PyTorch, normalised as torchvision does and as Caffe does: feature maps and a
 * gradient by the image.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  CAFFE_SCALE,
  toCanonicalVgg16,
  type Vgg16Convention,
} from "../../src/checkpoint/vgg16_convention.ts";
import { createVgg16, disposeVgg16, runVgg16, VGG16_LAYERS } from "../../src/model/vgg16.ts";
import { assertAllClose, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture } from "../support/fixture.ts";
import { cpuTest, forEachBackend } from "../support/for_each_backend.ts";
import { formulaTensor } from "../support/formula_tensor.ts";
import { formulaVgg } from "../support/formula_vgg.ts";
import fixture from "./fixtures/vgg16.json" with { type: "json" };

const [N, H, W] = [2, 17, 26];

/** How many values of a long tensor the generator keeps. */
const KEPT = 150;

// Measured on both backends: features 9.5e-6 absolute on values up to 6, means 1.0e-7 of themselves, gradients, up to
// 6e-3, 5.8e-9 absolute.
const FEATURE = { rtol: 1e-5, atol: 1e-5 };
const MEAN = { rtol: 1e-6, atol: 0 };
const GRADIENT = { rtol: 1e-5, atol: 2e-8 };

for (const oracle of fixture.cases) {
  const convention = oracle.convention as Vgg16Convention;
  // All features are on torchvision's scale.
  const scale = convention === "caffe" ? 1 / CAFFE_SCALE : 1;
  const scaled = ({ shape, data }: Values): Values => ({
    shape,
    data: Array.from(data, (value) => scale * value),
  });

  // A convention is arithmetic on the weights alone: one backend is enough for the second.
  (convention === "torchvision" ? forEachBackend : cpuTest)(
    `runVgg16() equals PyTorch with weights of the ${convention} convention`,
    async () => {
      const arrays = new Map<string, Float32Array>();
      formulaVgg(VGG16_LAYERS, oracle.biasScale).forEach(({ kernel, bias }, index) => {
        const { name } = VGG16_LAYERS[index]!;
        arrays.set(`${name}/kernel`, Float32Array.from(kernel.data));
        arrays.set(`${name}/bias`, Float32Array.from(bias.data));
      });
      const vgg = createVgg16(toCanonicalVgg16(arrays, convention));
      const result: Record<string, Values> = await evaluate(() => {
        const image = toTensor<tf.Tensor4D>(
          formulaTensor([N, H, W, 3], { phase: 1, scale: 0.5, shift: 0.5 }),
        );
        const maps = runVgg16(vgg, image);
        const gradient = tf.grad((x) =>
          tf.addN(
            runVgg16(vgg, x as tf.Tensor4D).map((map, p) =>
              tf.mean(tf.mul(map, toTensor(formulaTensor(map.shape, { phase: 20 + p }))))
            ),
          )
        )(image);
        return { gradient, ...Object.fromEntries(maps.map((map, p) => [`pool${p + 1}`, map])) };
      });
      disposeVgg16(vgg);
      assert.deepEqual(["pool1", "pool2", "pool3"].map((name) => result[name]!.shape), [
        [N, 8, 13, 64],
        [N, 4, 6, 128],
        [N, 2, 3, 256],
      ]);
      for (const [p, stored] of oracle.maps.entries()) {
        const name = `pool${p + 1}`;
        const map = result[name]!;
        assertAllClose(everyFew(map), scaled(fromFixture(stored)), FEATURE, name);
        const mean = Array.from(map.data).reduce((sum, value) => sum + value, 0) / map.data.length;
        assertAllClose(
          { shape: [], data: [mean] },
          { shape: [], data: [scale * oracle.means[p]!] },
          MEAN,
          `mean of ${name}`,
        );
      }
      const expected = scaled(fromFixture(oracle.gradient));
      assertAllClose(everyFew(result["gradient"]!), expected, GRADIENT, "gradient");
    },
  );
}

/** The values that the generator keeps of a long tensor. */
function everyFew({ data }: Values): Values {
  const stride = Math.max(1, Math.floor(data.length / KEPT));
  const kept = Array.from(data).filter((_, i) => i % stride === 0);
  return { shape: [kept.length], data: kept };
}
