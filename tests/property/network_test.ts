/**
 * Laws of the whole network, on the CPU.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { disposeParameters, initializeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import {
  type Base,
  formatUNetConfig,
  HOLE_VALUES,
  type HoleValue,
  type Normalisation,
  parseUNetConfig,
  PRESETS,
  type UNetConfig,
} from "../../src/model/unet_config.ts";
import { pyramidFill } from "../../src/ops/pyramid_fill.ts";
import { createRandom } from "../../src/random.ts";
import { assertAllClose, EXACT, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { formulaParameters } from "../support/tiny_run.ts";
import { changeUnderHole, constantMask, itemOf, maskedCases, noise, RUNS } from "./arbitraries.ts";

const bases = fc.constantFrom<Base>("none", "pyramid");
const kinds = fc.constantFrom<Base | HoleValue>("none", "pyramid", "grey", "imagenet-mean");
const normalisations = fc.constantFrom<Normalisation>("batch", "none");

/** Two levels, on images of 4x4 to 8x12: partial convolutions over a base, or typical ones with a hole value. */
function smallConfig(kind: Base | HoleValue): UNetConfig {
  const isPartial = kind === "none" || kind === "pyramid";
  return {
    encoder: [{ kernel: 5, channels: 2 }, { kernel: 3, channels: 3 }],
    base: isPartial ? kind : "none",
    normalisation: kind === "pyramid" ? "none" : "batch",
    ...(isPartial ? {} : { convolution: "typical", holeValue: kind }),
    range: "[0,1]",
  };
}

const images = maskedCases(fc.record({
  height: fc.constantFrom(4, 8),
  width: fc.constantFrom(4, 8, 12),
}));

async function run(config: UNetConfig, features: Values, validMask: Values): Promise<Values> {
  const parameters = formulaParameters(config);
  const { output } = await evaluate(() => ({
    output: runUNet(config, parameters, {
      features: toTensor(features),
      validMask: toTensor(validMask),
    }).output,
  }));
  disposeParameters(parameters);
  return output;
}

cpuTest("runUNet(): values under the hole never matter, to the bit", () =>
  fc.assert(
    fc.asyncProperty(images, kinds, async ({ n, height, width, seed, validMask }, kind) => {
      const features = noise([n, height, width, 3], seed);
      const changed = changeUnderHole(features, validMask, noise(features.shape, seed + 1));
      const config = smallConfig(kind);
      assertAllClose(
        await run(config, changed, validMask),
        await run(config, features, validMask),
        EXACT,
      );
    }),
    RUNS,
  ));

cpuTest("runUNet(): a batch is its items one by one, to the bit", () =>
  fc.assert(
    fc.asyncProperty(images, kinds, async ({ n, height, width, seed, validMask }, kind) => {
      const features = noise([n, height, width, 3], seed);
      const config = smallConfig(kind);
      const whole = await run(config, features, validMask);
      for (let item = 0; item < n; item++) {
        const single = await run(config, itemOf(features, item), itemOf(validMask, item));
        assertAllClose(single, itemOf(whole, item), EXACT);
      }
    }),
    RUNS,
  ));

cpuTest(
  "runUNet(): an untrained network over the pyramid is the pyramid fill, to the bit",
  () =>
    fc.assert(
      fc.asyncProperty(images, async ({ n, height, width, seed, validMask }) => {
        const config = smallConfig("pyramid");
        const features = noise([n, height, width, 3], seed);
        const parameters = initializeParameters(config, createRandom(seed));
        const { output, fill } = await evaluate(() => {
          const masked = {
            features: toTensor<never>(features),
            validMask: toTensor<never>(validMask),
          };
          return {
            output: runUNet(config, parameters, masked).output,
            fill: pyramidFill(masked)[0]!,
          };
        });
        disposeParameters(parameters);
        assertAllClose(output, fill, EXACT);
      }),
      { ...RUNS, numRuns: 10 },
    ),
);

for (const [name, colour] of Object.entries(HOLE_VALUES)) {
  cpuTest(
    `runUNet() with typical convolutions sees ${name} in the hole and no mask, to the bit`,
    () =>
      fc.assert(
        fc.asyncProperty(images, async ({ n, height, width, seed, validMask }) => {
          const config = smallConfig(name as HoleValue);
          const features = noise([n, height, width, 3], seed);
          const isKnown = (i: number) => validMask.data[Math.floor(i / 3)] === 1;
          const filled: Values = {
            shape: features.shape,
            data: Array.from(features.data, (value, i) => isKnown(i) ? value : colour[i % 3]!),
          };
          assertAllClose(
            await run(config, features, validMask),
            await run(config, filled, constantMask(n, { height, width }, 1)),
            EXACT,
          );
        }),
        { ...RUNS, numRuns: 10 },
      ),
  );
}

cpuTest("runUNet() without a base is 0 on an image that is all hole", async () => {
  const size = { height: 4, width: 8 };
  const output = await run(smallConfig("none"), noise([1, 4, 8, 3], 1), constantMask(1, size, 0));
  assertAllClose(output, { shape: [1, 4, 8, 3], data: new Float32Array(96) }, EXACT);
});

cpuTest("runUNet() over the pyramid is finite on an image that is all hole", async () => {
  const size = { height: 4, width: 8 };
  const output = await run(
    smallConfig("pyramid"),
    noise([1, 4, 8, 3], 1),
    constantMask(1, size, 0),
  );
  assert.ok(Array.from(output.data).every(Number.isFinite));
});

const levels = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 1024 }));

const holeValues = fc.constantFrom<HoleValue | undefined>("grey", "imagenet-mean", undefined);

const configs: fc.Arbitrary<UNetConfig> = fc.tuple(
  fc.array(levels, { minLength: 1, maxLength: 10 }),
  bases,
  normalisations,
  holeValues,
).map(([list, base, normalisation, holeValue]) => ({
  encoder: list.map(([half, channels]) => ({ kernel: 2 * half + 1, channels })),
  base: holeValue === undefined ? base : "none",
  normalisation,
  ...(holeValue === undefined ? {} : { convolution: "typical", holeValue }),
  range: "[0,1]",
}));

Deno.test("parseUNetConfig() undoes formatUNetConfig()", () => {
  fc.assert(
    fc.property(configs, (config) => {
      assert.deepEqual(parseUNetConfig(formatUNetConfig(config), "test"), config);
    }),
    { ...RUNS, numRuns: 100 },
  );
  for (const preset of Object.values(PRESETS)) {
    assert.deepEqual(parseUNetConfig(formatUNetConfig(preset), "test"), preset);
  }
});
