/**
 * pyramidFill() against PyTorch and against naive loops, at every level.
 */
import assert from "node:assert/strict";
import { pyramidFill } from "../../src/ops/pyramid_fill.ts";
import { assertAllClose, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaMask, formulaTensor, type MaskKind } from "../support/formula_tensor.ts";
import fixture from "./fixtures/pyramid.json" with { type: "json" };
import { referencePyramidFill } from "./reference/pyramid_fill.ts";

// Values are within [-1, 1]; measured 7.7e-8 absolute.
const TOLERANCE = { rtol: 1e-6, atol: 1e-6 };
const ORACLES_AGREE = { rtol: 1e-7, atol: 1e-8 };

for (const { name, height, width, channels, masks, levels } of fixture.cases) {
  const n = masks.length;
  const features = formulaTensor([n, height, width, channels], { phase: 1 });
  const validMask = formulaMask(masks as MaskKind[], height, width);

  Deno.test(`PyTorch and naive loops agree on the pyramid fill: ${name}`, () => {
    for (let item = 0; item < n; item++) {
      for (let c = 0; c < channels; c++) {
        const filled = referencePyramidFill(plane(features, item, c), plane(validMask, item, 0));
        assert.equal(filled.length, levels.length);
        filled.forEach((rows, level) => {
          const actual: Values = { shape: [rows.length, rows[0]!.length], data: rows.flat() };
          const expected = plane(fromFixture(levels[level]!), item, c);
          assertAllClose(actual, { ...actual, data: expected.flat() }, ORACLES_AGREE);
        });
      }
    }
  });

  forEachBackend(`pyramidFill() equals PyTorch: ${name}`, async () => {
    const result: Record<string, Values> = await evaluate(() => {
      const filled = pyramidFill({ features: toTensor(features), validMask: toTensor(validMask) });
      return Object.fromEntries(filled.map((level, i) => [`level ${i}`, level]));
    });
    assert.equal(Object.keys(result).length, levels.length);
    levels.forEach((stored, i) =>
      assertAllClose(result[`level ${i}`]!, fromFixture(stored), TOLERANCE, `level ${i}`)
    );
  });
}

/** One channel of one item as rows. */
function plane({ shape, data }: Values, item: number, channel: number): number[][] {
  const [, height, width, channels] = shape as [number, number, number, number];
  return Array.from(
    { length: height },
    (_, y) =>
      Array.from(
        { length: width },
        (_, x) => data[((item * height + y) * width + x) * channels + channel]!,
      ),
  );
}
