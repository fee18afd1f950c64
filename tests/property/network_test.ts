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
const normalisations = fc.constantFrom<Normalisation>("batch", "none");

/** Two levels, on images of 4x4 to 8x12. */
function smallConfig(base: Base): UNetConfig {
  return {
    encoder: [{ kernel: 5, channels: 2 }, { kernel: 3, channels: 3 }],
    base,
    normalisation: base === "none" ? "batch" : "none",
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
    fc.asyncProperty(images, bases, async ({ n, height, width, seed, validMask }, base) => {
      const features = noise([n, height, width, 3], seed);
      const changed = changeUnderHole(features, validMask, noise(features.shape, seed + 1));
      const config = smallConfig(base);
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
    fc.asyncProperty(images, bases, async ({ n, height, width, seed, validMask }, base) => {
      const features = noise([n, height, width, 3], seed);
      const config = smallConfig(base);
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

const configs: fc.Arbitrary<UNetConfig> = fc.tuple(
  fc.array(levels, { minLength: 1, maxLength: 10 }),
  bases,
  normalisations,
).map(([list, base, normalisation]) => ({
  encoder: list.map(([half, channels]) => ({ kernel: 2 * half + 1, channels })),
  base,
  normalisation,
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
