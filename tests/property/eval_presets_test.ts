import assert from "node:assert/strict";
import fc from "fast-check";
import { PRESETS } from "../../src/evaluation/presets/catalog.ts";
import type { PresetInput } from "../../src/evaluation/presets/preset.ts";
import { meanAbsoluteError } from "../../src/metrics/mean_absolute_error.ts";
import { createRandom } from "../../src/random.ts";
import { RUNS } from "./arbitraries.ts";

/** Random pairs whose result differs from the truth in the hole alone. */
const pairs: fc.Arbitrary<PresetInput> = fc.record({
  width: fc.integer({ min: 11, max: 60 }),
  height: fc.integer({ min: 11, max: 60 }),
  seed: fc.nat(1_000_000),
}).map(({ width, height, seed }) => {
  const random = createRandom(seed);
  const level = () => Math.floor(256 * random.uniform());
  const share = random.uniform();
  const truth = Uint8Array.from({ length: width * height * 3 }, level);
  const holeMask = Uint8Array.from(
    { length: width * height },
    (_, i) => i === 0 || random.uniform() < share ? 1 : 0,
  );
  const result = truth.map((value, i) => holeMask[Math.floor(i / 3)] === 1 ? level() : value);
  return { result, truth, holeMask, width, height };
});

/** The mean scores, and the pooled ones of this pair alone. */
function scoresOf(name: string, input: PresetInput): Record<string, number | null | undefined> {
  const preset = PRESETS.get(name)!;
  const measured = preset.measure(input);
  const all = { ...measured, ...preset.pool?.([measured]) };
  return Object.fromEntries(preset.scores.map((score) => [score.name, all[score.name]]));
}

Deno.test("in every preset equal images have SSIM 1, no error and no PSNR", () => {
  fc.assert(
    fc.property(pairs, ({ truth, ...rest }) => {
      for (const preset of PRESETS.keys()) {
        const scores = scoresOf(preset, { ...rest, truth, result: truth });
        for (const [name, value] of Object.entries(scores)) {
          if (name.startsWith("psnr")) assert.equal(value, null);
          else if (name === "mae") assert.equal(value, 0);
          // Measured worst: 2.2e-16.
          else if (value !== null) assert.ok(Math.abs(value! - 1) < 4.4e-16, `${preset}: ${value}`);
        }
      }
    }),
    RUNS,
  );
});

Deno.test("in every preset a change in the hole makes SSIM less than 1 and PSNR finite", () => {
  fc.assert(
    fc.property(pairs, (input) => {
      for (const preset of PRESETS.keys()) {
        const scores = scoresOf(preset, input);
        for (const [name, value] of Object.entries(scores)) {
          if (name.startsWith("psnr")) assert.ok(value! > 0 && value! < 100, `${preset}: ${value}`);
          else if (name === "mae") assert.ok(value! > 0, preset);
          // A lone hole in the corner lies in no whole window but the first.
          else if (value !== null) assert.ok(value! < 1, `${preset}: ${value}`);
        }
      }
    }),
    RUNS,
  );
});

Deno.test("MMagic's MAE is the l1 of the paper divided by the hole's share, if the hole alone changed", () => {
  fc.assert(
    fc.property(pairs, (input) => {
      const { result, truth, holeMask } = input;
      const share = holeMask.reduce((sum, value) => sum + value, 0) / holeMask.length;
      const expected = meanAbsoluteError(result, truth) / share;
      const { mae } = scoresOf("mmagic", input);
      // Measured worst: 2.2e-16.
      assert.ok(Math.abs(mae! / expected - 1) < 4.4e-16, `${mae} and ${expected}`);
    }),
    RUNS,
  );
});

Deno.test("the scores of all presets but TorchMetrics do not change if result and truth change places", () => {
  fc.assert(
    fc.property(pairs, (input) => {
      const swapped = { ...input, result: input.truth, truth: input.result };
      for (const preset of ["lama", "edgeconnect", "mmagic"]) {
        const [there, back] = [scoresOf(preset, input), scoresOf(preset, swapped)];
        for (const [name, value] of Object.entries(there)) {
          if (value === null) assert.equal(back[name], null);
          // Measured worst: 2.2e-16.
          else assert.ok(Math.abs(value! - back[name]!) < 4.4e-16, `${preset}: ${name}`);
        }
      }
    }),
    RUNS,
  );
});
