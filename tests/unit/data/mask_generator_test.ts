import assert from "node:assert/strict";
import { generateHoleMask } from "../../../src/data/mask_generator.ts";
import { createRandom } from "../../../src/random.ts";

const SIZE = { width: 128, height: 128 };

function countHoles(holeMask: Uint8Array): number {
  return holeMask.reduce((sum, value) => sum + value, 0);
}

/** True if a hole lies within `margin` pixels of the border of a square mask. */
function reachesBorder(holeMask: Uint8Array, side: number, margin: number): boolean {
  return holeMask.some((value, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return value === 1 && Math.min(x, y, side - 1 - x, side - 1 - y) < margin;
  });
}

Deno.test("generateHoleMask() gives the same bytes for the same seeds and others for others", () => {
  const first = generateHoleMask(createRandom(5, 1), SIZE);
  assert.deepEqual(generateHoleMask(createRandom(5, 1), SIZE), first);
  assert.notDeepEqual(generateHoleMask(createRandom(5, 2), SIZE), first);
  assert.notDeepEqual(generateHoleMask(createRandom(6, 1), SIZE), first);
});

Deno.test("generateHoleMask() fills the six bins of the paper about equally", () => {
  const bins = new Array<number>(6).fill(0);
  const count = 300;
  for (let i = 0; i < count; i++) {
    const holeMask = generateHoleMask(createRandom(11, i), SIZE);
    assert.equal(holeMask.length, 128 * 128);
    assert.ok(holeMask.every((value) => value === 0 || value === 1));
    const ratio = countHoles(holeMask) / holeMask.length;
    assert.ok(ratio > 0.01 && ratio <= 0.6, `ratio ${ratio}`);
    bins[Math.ceil(ratio * 10) - 1]!++;
  }
  // A uniform target gives (0.01, 0.1] a share of 0.15 and the others 0.17.
  for (const bin of bins) assert.ok(bin / count >= 0.08, `bins ${bins}`);
});

Deno.test("generateHoleMask() keeps about half of the masks away from the border", () => {
  const count = 200;
  let away = 0;
  for (let i = 0; i < count; i++) {
    // 13 px is 50 px on 512, rounded up from 12.5.
    if (!reachesBorder(generateHoleMask(createRandom(12, i), SIZE), 128, 13)) away++;
  }
  assert.ok(away > 0.4 * count && away < 0.75 * count, `${away} of ${count}`);
});

Deno.test("generateHoleMask() keeps a margin that is asked for, and the ratio", () => {
  for (const ratio of [[0.01, 0.1], [0.5, 0.6]] as const) {
    for (let i = 0; i < 20; i++) {
      const holeMask = generateHoleMask(createRandom(14, i), { ...SIZE, ratio, margin: 13 });
      assert.ok(!reachesBorder(holeMask, 128, 13), `mask ${i} of ${ratio}`);
      const share = countHoles(holeMask) / holeMask.length;
      assert.ok(share > ratio[0] && share <= ratio[1], `mask ${i}: ${share}`);
    }
  }
  // A size that no painted mask meets, so this is the ellipse.
  const options = { width: 6, height: 8, margin: 2, ratio: [0.1, 0.17] as const };
  const small = generateHoleMask(createRandom(14), options);
  assert.ok(
    small.every((value, i) => value === 0 || (i % 6 >= 2 && i % 6 < 4 && i >= 12 && i < 36)),
  );
  assert.ok(countHoles(small) >= 5 && countHoles(small) <= 8, `${countHoles(small)}`);
  for (const margin of [-1, 0.5, 3]) {
    assert.throws(() => generateHoleMask(createRandom(1), { ...options, margin }), {
      name: "RangeError",
      message: `Cannot generate hole mask: margin is ${margin}, must leave room in 6x8 for a ` +
        "ratio of 0.1",
    });
  }
});

Deno.test("generateHoleMask() includes large compact holes", () => {
  let compact = 0;
  for (let i = 0; i < 60; i++) {
    const holeMask = generateHoleMask(createRandom(13, i), { ...SIZE, ratio: [0.4, 0.6] });
    // A square of 40 px without a known pixel: streaks of any density have none.
    const blank = new Int32Array(128 * 128);
    let most = 0;
    for (let at = 129; at < blank.length; at++) {
      if (at % 128 === 0 || holeMask[at] === 0) continue;
      blank[at] = 1 + Math.min(blank[at - 1]!, blank[at - 128]!, blank[at - 129]!);
      most = Math.max(most, blank[at]!);
    }
    if (most >= 40) compact++;
  }
  assert.ok(compact >= 20, `${compact} of 60`);
});

Deno.test("generateHoleMask() keeps to the ratio bounds it is given", () => {
  for (let i = 0; i < 40; i++) {
    const holeMask = generateHoleMask(createRandom(14, i), { ...SIZE, ratio: [0.2, 0.25] });
    const ratio = countHoles(holeMask) / holeMask.length;
    assert.ok(ratio > 0.2 && ratio <= 0.25, `ratio ${ratio}`);
  }
});

Deno.test("generateHoleMask() leaves a hole and a known pixel at any size", () => {
  for (const [width, height] of [[1, 2], [2, 2], [5, 3], [16, 200], [97, 31], [700, 40]] as const) {
    for (let i = 0; i < 10; i++) {
      const holeMask = generateHoleMask(createRandom(15, i), { width, height });
      const holes = countHoles(holeMask);
      assert.equal(holeMask.length, width * height);
      assert.ok(holes > 0 && holes < width * height, `${width}x${height}: ${holes}`);
    }
  }
});

Deno.test("generateHoleMask() refuses impossible sizes and bounds", () => {
  const random = createRandom(1);
  assert.throws(() => generateHoleMask(random, { width: 1, height: 1 }), {
    name: "RangeError",
    message: "Cannot generate hole mask: size is 1x1, must be whole and at least 2 pixels",
  });
  assert.throws(() => generateHoleMask(random, { width: 2.5, height: 8 }), RangeError);
  assert.throws(() => generateHoleMask(random, { ...SIZE, ratio: [0.5, 0.2] }), {
    name: "RangeError",
    message: "Cannot generate hole mask: ratio is [0.5, 0.2], must be in order and within 0 and 1",
  });
  assert.throws(() => generateHoleMask(random, { ...SIZE, ratio: [0, 1] }), RangeError);
});
