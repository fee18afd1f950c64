import assert from "node:assert/strict";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";
import {
  type PixelSet,
  reachAbove,
  reachAround,
  reachBelow,
  union,
} from "../../../../src/engine/plan/reach.ts";
import { makeRandomMask } from "../../../support/holed_picture.ts";

/** Pixels that the pixels of a set read, by the definition. */
function collect(
  set: PixelSet,
  { height, width }: { height: number; width: number },
  reads: (y: number, x: number) => readonly (readonly [number, number])[],
): PixelSet {
  const values = new Uint8Array(height * width);
  set.values.forEach((value, i) => {
    if (value === 0) return;
    for (const [y, x] of reads(Math.floor(i / set.width), i % set.width)) {
      if (y >= 0 && x >= 0 && y < height && x < width) values[y * width + x] = 1;
    }
  });
  return { height, width, values };
}

/** All places of a square window. */
function window(top: number, left: number, side: number): [number, number][] {
  return Array.from(
    { length: side ** 2 },
    (_, i) => [top + Math.floor(i / side), left + i % side],
  );
}

/** Sets of random pixels, few and many, of one pixel at each corner, and of none. */
function setsOf(height: number, width: number): PixelSet[] {
  const last = height * width - 1;
  const single = [0, width - 1, last - width + 1, last].map((at) => {
    const values = new Uint8Array(last + 1);
    values[at] = 1;
    return values;
  });
  return [
    makeRandomMask(height, width, { share: 0.05 }),
    makeRandomMask(height, width, { seed: 2, share: 0.3 }),
    new Uint8Array(last + 1),
    ...single,
  ].map((values) => ({ height, width, values }));
}

Deno.test("reachAround() is what 3x3 windows see", () => {
  const pool = new ArrayPool();
  for (const [height, width] of [[1, 1], [1, 7], [6, 1], [5, 8], [13, 11]] as const) {
    for (const set of setsOf(height, width)) {
      const expected = collect(set, set, (y, x) => window(y - 1, x - 1, 3));
      assert.deepEqual(reachAround(set, pool), expected);
    }
  }
});

Deno.test("reachBelow() is what 3x3 windows see through a doubling, and no more", () => {
  const pool = new ArrayPool();
  for (const [height, width] of [[2, 2], [2, 8], [6, 2], [10, 14]] as const) {
    for (const set of setsOf(height, width)) {
      const small = { height: height / 2, width: width / 2 };
      const expected = collect(set, small, (y, x) =>
        window(y - 1, x - 1, 3)
          // Those outside of the doubled image are nobody's.
          .filter(([i, j]) => i >= 0 && j >= 0)
          .map(([i, j]) => [Math.floor(i / 2), Math.floor(j / 2)]));
      assert.deepEqual(reachBelow(set, pool), expected);
    }
  }
});

Deno.test("reachBelow() is what bilinear doubling reads, and no more", () => {
  const pool = new ArrayPool();
  for (const set of setsOf(10, 14)) {
    // Half-pixel centres: the middle of pixel y lies at (y + 0.5) / 2 - 0.5 of the small image.
    const between = (y: number) => [Math.floor(y / 2 - 0.25), Math.ceil(y / 2 - 0.25)];
    const expected = collect(
      set,
      { height: 5, width: 7 },
      (y, x) => between(y).flatMap((i) => between(x).map((j) => [i, j] as const)),
    );
    assert.deepEqual(reachBelow(set, pool), expected);
  }
});

for (const kernel of [1, 3, 5, 7]) {
  Deno.test(`reachAbove() is what windows of stride 2 see: kernel ${kernel}`, () => {
    const pool = new ArrayPool();
    const pad = (kernel - 1) / 2;
    for (const [height, width] of [[1, 1], [1, 5], [4, 1], [5, 7]] as const) {
      for (const set of setsOf(height, width)) {
        const large = { height: 2 * height, width: 2 * width };
        const expected = collect(set, large, (y, x) => window(2 * y - pad, 2 * x - pad, kernel));
        assert.deepEqual(reachAbove(set, { kernel, pool }), expected);
      }
    }
  });
}

Deno.test("union() is the pixels of either, and leaves both alone", () => {
  const [a, b] = [Uint8Array.of(1, 0, 1, 0), Uint8Array.of(1, 1, 0, 0)];
  const sizes = { height: 2, width: 2 };
  const { values, ...size } = union(
    { ...sizes, values: a },
    { ...sizes, values: b },
    new ArrayPool(),
  );
  assert.deepEqual(size, sizes);
  assert.deepEqual([...values], [1, 1, 1, 0]);
  assert.deepEqual([[...a], [...b]], [[1, 0, 1, 0], [1, 1, 0, 0]]);
});
