import assert from "node:assert/strict";
import {
  type BorderRule,
  checkMaskClass,
  makeMaskOfClass,
  type MaskClass,
  maskClasses,
} from "../../../../src/commands/masks/mask_classes.ts";
import { generateHoleMask } from "../../../../src/data/mask_generator.ts";
import { InputError, UsageError } from "../../../../src/errors.ts";
import { holeBin } from "../../../../src/metrics/hole_bin.ts";
import { createRandom } from "../../../../src/random.ts";

const SIZE = { width: 96, height: 72 };

function classOf(ratio: readonly [number, number], border: BorderRule): MaskClass {
  return { ratio, border, folder: "" };
}

Deno.test("maskClasses() multiplies bins and borders and names folders by what differs", () => {
  const ratio = [0.2, 0.3] as const;
  assert.deepEqual(maskClasses({ bins: false, ratio, border: "free" }), [
    { ratio, border: "free", folder: "" },
  ]);
  const both = maskClasses({ bins: false, ratio, border: "both" });
  assert.deepEqual(both.map(({ border, folder }) => [border, folder]), [
    ["free", "free"],
    ["touching", "touching"],
  ]);
  const bins = maskClasses({ bins: true, ratio, border: "any" });
  assert.deepEqual(bins.map(({ folder }) => folder), [
    "ratio-01-10",
    "ratio-10-20",
    "ratio-20-30",
    "ratio-30-40",
    "ratio-40-50",
    "ratio-50-60",
  ]);
  const all = maskClasses({ bins: true, ratio, border: "both" });
  assert.equal(all.length, 12);
  assert.deepEqual(all[11], {
    ratio: [0.5, 0.6],
    bin: 5,
    border: "touching",
    folder: "ratio-50-60-touching",
  });
});

Deno.test("checkMaskClass() refuses what no mask can be", () => {
  const refuses = (maskClass: MaskClass, width: number, height: number, message: string) =>
    assert.throws(() => checkMaskClass(maskClass, { width, height }), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, message);
      return true;
    });
  // 412 * 412 / (512 * 512) = 0.6475
  refuses(
    classOf([0.65, 0.7], "free"),
    512,
    512,
    "Cannot make masks of 512x512 with a hole ratio in (0.65, 0.7] and --border free: " +
      "at most 64.8 % lie 50 px from the border",
  );
  checkMaskClass(classOf([0.64, 0.7], "free"), { width: 512, height: 512 });
  checkMaskClass(classOf([0.65, 0.7], "touching"), { width: 512, height: 512 });
  refuses(
    classOf([0.01, 0.1], "any"),
    3,
    3,
    "Cannot make masks of 3x3 with a hole ratio in (0.01, 0.1]: no whole number of pixels is in it",
  );
  checkMaskClass(classOf([0.3, 0.3], "any"), { width: 3, height: 3 });
});

Deno.test("makeMaskOfClass() measures what it promises, in every class", () => {
  const classes = maskClasses({ bins: true, ratio: [0, 1], border: "both" });
  for (const [i, maskClass] of classes.entries()) {
    for (let index = 0; index < 6; index++) {
      const { holeMask, measured } = makeMaskOfClass(maskClass, {
        ...SIZE,
        seed: 3,
        index,
        name: "m",
      });
      assert.deepEqual(measured, holeBin(holeMask, SIZE));
      assert.equal(measured.bin, Math.floor(i / 2));
      assert.equal(measured.border, i % 2 === 0 ? "N" : "B");
    }
  }
});

Deno.test("makeMaskOfClass() without a border rule is the generator's own mask", () => {
  const request = { ...SIZE, seed: 8, index: 2, name: "m" };
  const ratio = [0.1, 0.4] as const;
  const { holeMask } = makeMaskOfClass(classOf(ratio, "any"), request);
  assert.deepEqual(holeMask, generateHoleMask(createRandom(8, 2), { ...SIZE, ratio }));
});

Deno.test("makeMaskOfClass() meets a single ratio to the pixel", () => {
  const request = { ...SIZE, seed: 8, index: 2, name: "m" };
  const { measured } = makeMaskOfClass(classOf([0.3, 0.3], "free"), request);
  // 0.3 * 96 * 72 = 2073.6
  assert.equal(measured.ratio * 96 * 72, 2074);
  assert.equal(measured.border, "N");
});

Deno.test("makeMaskOfClass() gives up on a class that no mask can be in, naming the mask", () => {
  const request = { width: 3, height: 3, seed: 8, index: 2, name: "out/mask-2.png" };
  assert.throws(
    () => makeMaskOfClass({ ...classOf([0.01, 0.1], "touching"), bin: 0 }, request),
    (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(
        error.message,
        'Cannot make mask "out/mask-2.png": none of 50 tries has a hole ratio in (0.01, 0.1] ' +
          "and is touching the border",
      );
      return true;
    },
  );
});
