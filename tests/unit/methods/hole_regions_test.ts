import assert from "node:assert/strict";
import { type HoleRegion, planRegions } from "../../../src/methods/hole_regions.ts";
import { createRandom } from "../../../src/random.ts";

type Box = readonly [left: number, top: number, width: number, height: number];

const SIZE = { width: 1200, height: 900 };

/** A mask with rectangular holes. */
function holes(boxes: readonly Box[], { width, height } = SIZE): Uint8Array {
  const holeMask = new Uint8Array(width * height);
  for (const [left, top, w, h] of boxes) {
    for (let y = top; y < Math.min(height, top + h); y++) {
      holeMask.fill(1, y * width + left, y * width + Math.min(width, left + w));
    }
  }
  return holeMask;
}

/** Fails unless crops are in the picture and each hole pixel has one owner that sees it with context. */
function assertSound(
  holeMask: Uint8Array,
  regions: readonly HoleRegion[],
  { width, height } = SIZE,
  context = 128,
): void {
  for (const { crop } of regions) {
    assert.ok(crop.left >= 0 && crop.top >= 0 && crop.width > 0 && crop.height > 0);
    assert.ok(crop.left + crop.width <= width && crop.top + crop.height <= height);
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (holeMask[y * width + x] === 0) continue;
      const owners = regions.filter(({ owns }) => owns(x, y));
      assert.equal(owners.length, 1, `hole pixel (${x}, ${y}) has ${owners.length} owners`);
      const { left, top, width: w, height: h } = owners[0]!.crop;
      const room = [
        left === 0 ? Infinity : x - left,
        top === 0 ? Infinity : y - top,
        left + w === width ? Infinity : left + w - 1 - x,
        top + h === height ? Infinity : top + h - 1 - y,
      ];
      assert.ok(Math.min(...room) >= context, `(${x}, ${y}) has context ${Math.min(...room)}`);
    }
  }
}

Deno.test("planRegions() gives none without a hole", () => {
  assert.deepEqual(planRegions(holes([]), SIZE, { context: "auto" }), []);
  assert.deepEqual(planRegions(new Uint8Array(4), { width: 2, height: 2 }, { context: 0 }), []);
});

Deno.test("planRegions() looks at a small picture as a whole", () => {
  const size = { width: 512, height: 512 };
  const holeMask = holes([[3, 3, 2, 2], [500, 500, 12, 12]], size);
  const regions = planRegions(holeMask, size, { context: 16 });
  assert.deepEqual(regions.map(({ crop }) => crop), [{ left: 0, top: 0, ...size }]);
  assertSound(holeMask, regions, size);
});

Deno.test("planRegions() keeps holes apart that are far apart", () => {
  const holeMask = holes([[100, 100, 20, 20], [900, 700, 20, 20]]);
  const regions = planRegions(holeMask, SIZE, { context: 100 });
  assert.deepEqual(regions.map(({ crop }) => crop), [
    { left: 0, top: 0, width: 220, height: 220 },
    { left: 800, top: 600, width: 220, height: 220 },
  ]);
  assertSound(holeMask, regions, SIZE, 100);
});

Deno.test("planRegions() merges holes whose crops would overlap by more than they save", () => {
  const holeMask = holes([[400, 400, 20, 20], [460, 400, 20, 20]]);
  const regions = planRegions(holeMask, SIZE, { context: 100 });
  assert.deepEqual(regions.map(({ crop }) => crop), [
    { left: 300, top: 300, width: 280, height: 220 },
  ]);
  assertSound(holeMask, regions, SIZE, 100);
});

Deno.test("planRegions() never cuts one hole, however it winds", () => {
  // A spiral of 8-connected cells whose bounding box is the picture.
  const holeMask = holes([
    [16, 16, 1168, 4],
    [1180, 16, 4, 860],
    [16, 872, 1168, 4],
    [16, 200, 4, 676],
    [16, 200, 900, 4],
  ]);
  const regions = planRegions(holeMask, SIZE, { context: 10 });
  assert.equal(regions.length, 1);
  assertSound(holeMask, regions, SIZE, 10);
});

Deno.test('planRegions() sees half a hole\'s longer side with "auto", from 128 to 512 pixels', () => {
  const size = { width: 5000, height: 1400 };
  for (const [side, margin] of [[20, 128], [600, 300], [1200, 512]] as const) {
    const box: Box = [2500 - side / 2, 695, side, 10];
    const [region] = planRegions(holes([box], size), size, { context: "auto" });
    const crop = { left: box[0] - margin, top: 695 - margin, width: side + 2 * margin };
    assert.deepEqual(region!.crop, { ...crop, height: 10 + 2 * margin }, `hole of ${side}`);
  }
});

Deno.test("planRegions() leaves one known pixel around a hole even without context", () => {
  const holeMask = holes([[400, 400, 32, 16]]);
  const [region] = planRegions(holeMask, SIZE, { context: 0 });
  assert.deepEqual(region!.crop, { left: 399, top: 399, width: 34, height: 18 });
});

Deno.test("planRegions() begins crops at multiples of `align` and takes no context away", () => {
  const holeMask = holes([[400, 410, 20, 20], [900, 700, 20, 20]]);
  const regions = planRegions(holeMask, SIZE, { context: 100, align: 64 });
  // 300 and 310 go down to 256, 800 to 768 and 600 to 576; right and bottom stay at 520, 530, 1020 and 820.
  assert.deepEqual(regions.map(({ crop }) => crop), [
    { left: 256, top: 256, width: 264, height: 274 },
    { left: 768, top: 576, width: 252, height: 244 },
  ]);
  assertSound(holeMask, regions, SIZE, 100);
});

Deno.test("planRegions() gives every hole pixel one owner with context, for random holes", () => {
  for (let seed = 0; seed < 12; seed++) {
    const random = createRandom(seed);
    const size = { width: random.integer(300, 1100), height: random.integer(900, 1100) };
    const context = random.integer(0, 80);
    const boxes = Array.from({ length: random.integer(1, 40) }, (): Box => [
      random.integer(0, size.width - 1),
      random.integer(0, size.height - 1),
      random.integer(1, 60),
      random.integer(1, 60),
    ]);
    const holeMask = holes(boxes, size);
    const regions = planRegions(holeMask, size, { context });
    assertSound(holeMask, regions, size, size.width * size.height <= 512 * 512 ? 0 : context);
    const area = regions.reduce((sum, { crop }) => sum + crop.width * crop.height, 0);
    const pairs = regions.flatMap((a, i) => regions.slice(i + 1).map((b) => [a.crop, b.crop]));
    for (const [a, b] of pairs) {
      const right = Math.max(a!.left + a!.width, b!.left + b!.width);
      const bottom = Math.max(a!.top + a!.height, b!.top + b!.height);
      const both = (right - Math.min(a!.left, b!.left)) * (bottom - Math.min(a!.top, b!.top));
      const apart = a!.width * a!.height + b!.width * b!.height;
      assert.ok(both > apart, `seed ${seed}: two crops cost ${apart}, one ${both}, all ${area}`);
    }
  }
});
