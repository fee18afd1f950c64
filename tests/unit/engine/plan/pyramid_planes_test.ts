import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";
import { pyramidPlanes } from "../../../../src/engine/plan/pyramid_planes.ts";
import { pyramidFill } from "../../../../src/ops/pyramid_fill.ts";
import { assertAllClose, EXACT, type Values } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import {
  type HoledPicture,
  makeHoledPicture,
  makeRandomMask,
} from "../../../support/holed_picture.ts";

/** All levels as `pyramidFill` of `src/ops` makes them, `[h, w, 3]` each. */
async function levelsByOps(picture: HoledPicture): Promise<Values[]> {
  const { height, width, rgb01, validMask } = picture;
  const levels = await evaluate(() =>
    Object.fromEntries(
      pyramidFill({
        features: toTensor<tf.Tensor4D>({ shape: [1, height, width, 3], data: rgb01 }),
        validMask: toTensor<tf.Tensor4D>({ shape: [1, height, width, 1], data: validMask }),
      }).map((level, i) => [`${i}`, level]),
    )
  );
  return Object.values(levels).map(({ shape, data }) => ({ shape: shape.slice(1), data }));
}

function planesOf({ rgb01: rgb, ...picture }: HoledPicture, pool?: ArrayPool) {
  return pyramidPlanes({ ...picture, rgb }, pool);
}

/** Compares every level. Both round on their own: measured 1.8e-7. */
async function compareLevels(picture: HoledPicture, what: string): Promise<void> {
  const expected = await levelsByOps(picture);
  const actual = planesOf(picture);
  assert.equal(actual.length, expected.length);
  actual.forEach((data, level) => {
    const { shape } = expected[level]!;
    assertAllClose({ shape, data }, expected[level]!, { rtol: 0, atol: 3e-7 }, `${what} ${level}`);
  });
}

for (const [height, width] of [[64, 64], [33, 47], [1, 9], [10, 1], [7, 128], [2, 3]] as const) {
  cpuTest(`pyramidPlanes() gives the levels of pyramidFill(): ${height}x${width}`, async () => {
    await compareLevels(makeHoledPicture({ height, width }), "blob");
    for (const share of [0.9, 0.5, 0.04]) {
      const validMask = makeRandomMask(height, width, { share });
      await compareLevels({ ...makeHoledPicture({ height, width }), validMask }, `${share}`);
    }
  });
}

cpuTest(
  "pyramidPlanes() gives the levels of pyramidFill() of a picture without holes",
  async () => {
    const picture = makeHoledPicture({ height: 21, width: 34, isHole: () => false });
    await compareLevels(picture, "known");
    assertAllClose(
      { shape: [21, 34, 3], data: planesOf(picture)[0]! },
      { shape: [21, 34, 3], data: picture.rgb01 },
      EXACT,
    );
  },
);

cpuTest("pyramidPlanes() carries a single known pixel everywhere", async () => {
  const picture = makeHoledPicture({
    height: 13,
    width: 22,
    isHole: (y, x) => y !== 11 || x !== 4,
  });
  await compareLevels(picture, "single");
  const colour = picture.rgb01.slice((11 * 22 + 4) * 3, (11 * 22 + 5) * 3);
  planesOf(picture).forEach((plane) => {
    plane.forEach((value, i) => assert.ok(Math.abs(value - colour[i % 3]!) < 2e-7));
  });
});

cpuTest(
  "pyramidPlanes() gives zeros where nothing at all is known, as pyramidFill() does",
  async () => {
    const picture = makeHoledPicture({ height: 6, width: 5, isHole: () => true });
    await compareLevels(picture, "nothing");
    assert.ok(planesOf(picture).every((plane) => plane.every((value) => value === 0)));
  },
);

Deno.test("pyramidPlanes() leaves the picture alone and does not care about colours in the hole", () => {
  const picture = makeHoledPicture({ height: 24, width: 17 });
  const before = picture.rgb01.slice();
  const planes = planesOf(picture);
  assert.deepEqual(picture.rgb01, before);
  const rgb01 = before.map((value, i) => picture.validMask[Math.floor(i / 3)] === 0 ? NaN : value);
  assert.deepEqual(planesOf({ ...picture, rgb01 }), planes);
});

Deno.test("pyramidPlanes() gives the same from arrays that were used before", () => {
  const pool = new ArrayPool();
  const picture = makeHoledPicture({ height: 24, width: 17 });
  const fresh = planesOf(picture);
  planesOf(makeHoledPicture({ height: 24, width: 17, seed: 2, isHole: (y) => y > 3 }), pool);
  pool.recycle();
  assert.deepEqual(planesOf(picture, pool), fresh);
});
