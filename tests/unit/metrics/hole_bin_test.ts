import assert from "node:assert/strict";
import { borderMargin, HOLE_BINS, holeBin, holeBinName } from "../../../src/metrics/hole_bin.ts";

/** A 20x50 mask whose first `holes` pixels are hole. */
function maskWith(holes: number): Uint8Array {
  return new Uint8Array(1000).fill(1, 0, holes);
}

/** A mask with a single hole pixel. */
function maskAt(x: number, y: number, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  mask[y * width + x] = 1;
  return mask;
}

// Bins of the paper are open below and closed above, hence the pairs around every edge.
const EDGES: readonly (readonly [holes: number, bin: number | string])[] = [
  [0, "below"],
  [10, "below"],
  [11, 0],
  [100, 0],
  [101, 1],
  [200, 1],
  [201, 2],
  [300, 2],
  [301, 3],
  [400, 3],
  [401, 4],
  [500, 4],
  [501, 5],
  [600, 5],
  [601, "above"],
  [1000, "above"],
];
for (const [holes, bin] of EDGES) {
  Deno.test(`holeBin() puts ${holes} of 1000 hole pixels into bin ${bin}`, () => {
    const result = holeBin(maskWith(holes), { width: 20, height: 50 });
    assert.deepEqual([result.bin, result.ratio], [bin, holes / 1000]);
  });
}

Deno.test("holeBin() indexes HOLE_BINS", () => {
  const { bin } = holeBin(maskWith(250), { width: 20, height: 50 });
  assert.deepEqual(HOLE_BINS[bin as number], [0.2, 0.3]);
});

// At 512x512 fifty pixels must lie between hole and side: columns 50 to 461.
const DISTANCES: readonly (readonly [x: number, y: number, border: string])[] = [
  [50, 50, "N"],
  [461, 461, "N"],
  [49, 256, "B"],
  [256, 49, "B"],
  [462, 256, "B"],
  [256, 462, "B"],
];
for (const [x, y, border] of DISTANCES) {
  Deno.test(`holeBin() says ${border} for a hole at ${x}, ${y} of 512x512`, () => {
    assert.equal(holeBin(maskAt(x, y, 512, 512), { width: 512, height: 512 }).border, border);
  });
}

Deno.test("holeBin() scales the distance by the smaller side", () => {
  // 50 * 64 / 512 = 6.25, so 6 pixels are too few and 7 enough.
  const size = { width: 128, height: 64 };
  const border = (x: number) => holeBin(maskAt(x, 30, 128, 64), size).border;
  assert.deepEqual([border(6), border(7), border(120), border(121)], ["B", "N", "N", "B"]);
});

Deno.test("holeBin() says N for a mask without holes", () => {
  assert.equal(holeBin(new Uint8Array(16), { width: 4, height: 4 }).border, "N");
});

Deno.test("holeBin() refuses a mask of another size", () => {
  assert.throws(() => holeBin(new Uint8Array(16), { width: 4, height: 5 }), {
    name: "RangeError",
    message: "Cannot classify mask: it has 16 pixels, must have 4x5",
  });
});

Deno.test("holeBinName() writes ranges as the paper does", () => {
  const names = [0, 1, 5, "below", "above"] as const;
  assert.deepEqual(names.map(holeBinName), [
    "(0.01, 0.1]",
    "(0.1, 0.2]",
    "(0.5, 0.6]",
    "[0, 0.01]",
    "(0.6, 1]",
  ]);
});

Deno.test("borderMargin() is the smallest distance of class N", () => {
  for (const [width, height] of [[512, 512], [64, 64], [300, 200], [1000, 1024]] as const) {
    const margin = borderMargin({ width, height });
    const size = { width, height };
    assert.equal(holeBin(maskAt(margin, margin, width, height), size).border, "N", `${size.width}`);
    assert.equal(holeBin(maskAt(margin - 1, margin, width, height), size).border, "B");
  }
  assert.equal(borderMargin({ width: 512, height: 600 }), 50);
});
