import assert from "node:assert/strict";
import { binariseMask, type RawMask } from "../../../src/data/raw_mask.ts";
import { rawMaskCropper } from "../../../src/data/raw_mask_crop.ts";
import { createRandom, type Random } from "../../../src/random.ts";
import { type IsHole, maskPicture } from "../../cli/pictures.ts";

function rawMask(width: number, height: number, isHole: IsHole): RawMask {
  return binariseMask(maskPicture(width, height, isHole), "white");
}

/** Brush width, angle in turns, then place and translation for x and for y; 0.5 is the middle. */
function scripted(...values: number[]): Random {
  const uniform = () => {
    assert.ok(values.length > 0, "more numbers drawn than expected");
    return values.shift()!;
  };
  return { uniform, integer: () => NaN, normal: () => NaN };
}

const MIDDLE = [0.5, 0.5, 0.5, 0.5] as const;

function cropRawMask(
  mask: RawMask,
  random: Random,
  options: { size: number; dilate: readonly [number, number] },
): Uint8Array {
  return rawMaskCropper(mask, options)(random);
}

/** A square brush of odd width, by definition. */
function dilate(isHole: IsHole, brush: number): IsHole {
  const reach = (brush - 1) / 2;
  return (x, y) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) if (isHole(x + dx, y + dy)) return true;
    }
    return false;
  };
}

function assertHoles(holeMask: Uint8Array, size: number, isHole: IsHole): void {
  for (let i = 0; i < holeMask.length; i++) {
    const [x, y] = [i % size, Math.floor(i / size)];
    assert.equal(holeMask[i], isHole(x, y) ? 1 : 0, `at ${x}, ${y}`);
  }
}

const share = (holeMask: Uint8Array) =>
  holeMask.reduce((sum, value) => sum + value, 0) / holeMask.length;

Deno.test("rawMaskCropper() at 512 widens by a square brush of the drawn width", () => {
  const isHole: IsHole = (x, y) => (x === 100 && y === 300) || (x === 400 && y > 20 && y < 25);
  const mask = rawMask(512, 512, isHole);
  for (const [chance, brush] of [[0, 9], [0.5, 29], [1, 49]] as const) {
    const random = scripted(chance, 0, ...MIDDLE);
    const holeMask = cropRawMask(mask, random, { size: 512, dilate: [9, 49] });
    assertHoles(holeMask, 512, (x, y) => {
      const reach = (brush - 1) / 2;
      const isDot = Math.abs(x - 100) <= reach && Math.abs(y - 300) <= reach;
      const isBar = Math.abs(x - 400) <= reach && y >= 21 - reach && y <= 24 + reach;
      return isDot || isBar;
    });
  }
});

Deno.test("rawMaskCropper() widens nothing with a brush of 0 or 1", () => {
  const isHole: IsHole = (x, y) => (x * 7 + y * 5) % 11 < 3;
  const mask = rawMask(64, 64, isHole);
  for (const width of [0, 1]) {
    const random = scripted(0.3, 0, ...MIDDLE);
    const holeMask = cropRawMask(mask, random, { size: 64, dilate: [width, width] });
    assertHoles(holeMask, 64, isHole);
  }
});

Deno.test("rawMaskCropper() shows 512 pixels of a mask at every crop size, with the brush in proportion", () => {
  const mask = rawMask(512, 512, (x, y) => x >= 200 && x < 328 && y >= 160 && y < 352);
  for (const size of [512, 256, 128, 64]) {
    const crop = cropRawMask(mask, scripted(0.5, 0, ...MIDDLE), { size, dilate: [29, 29] });
    // A length of the rectangle of 128 + 28 by 192 + 28 may be off by a pixel of the crop.
    const off = size === 512 ? 0 : 512 / size;
    const count = share(crop) * 512 ** 2;
    const [least, most] = [(156 - off) * (220 - off), (156 + off) * (220 + off)];
    assert.ok(count >= least && count <= most, `${count} at ${size}, not ${least} to ${most}`);
  }
  // On 32 the brush would be 1.8 pixels wide, 0.4 to each side: it is raised to 1, 16 pixels of the mask.
  const small = cropRawMask(mask, scripted(0.5, 0, ...MIDDLE), { size: 32, dilate: [29, 29] });
  assert.ok(Math.abs(share(small) - (128 + 32) * (192 + 32) / 512 ** 2) < 0.02, `${share(small)}`);
});

Deno.test("rawMaskCropper() loses no thin hole when it shrinks the mask", () => {
  // One pixel in 512: a nearest-pixel resize to 64 would miss 63 of 64 such dots.
  for (let i = 0; i < 20; i++) {
    const at = 200 + i;
    const mask = rawMask(512, 512, (x, y) => x === at && y === at);
    const holeMask = cropRawMask(mask, scripted(0, 0, ...MIDDLE), { size: 64, dilate: [9, 9] });
    assert.ok(share(holeMask) > 0, `dot at ${at}`);
  }
});

Deno.test("rawMaskCropper() keeps known what comes in from outside of the mask, also when it turns", () => {
  const all = rawMask(128, 128, () => true);
  const options = { size: 128, dilate: [9, 49] as const };
  // An eighth of a turn: corners of the crop lie outside. The octagon left is 0.828 of the square.
  const turned = cropRawMask(all, scripted(1, 0.125, ...MIDDLE), options);
  for (const corner of [0, 127, 127 * 128, 128 * 128 - 1]) assert.equal(turned[corner], 0);
  assert.ok(Math.abs(share(turned) - 0.828) < 0.01, `${share(turned)}`);
  // Moved by 15 % of the window to the right: 19.2 columns are from outside, and no brush grows into them.
  const moved = cropRawMask(all, scripted(1, 0, 0.5, 1, 0.5, 0.5), options);
  for (let x = 0; x < 128; x++) assert.equal(moved[64 * 128 + x], x <= 108 ? 1 : 0, `column ${x}`);
});

Deno.test("rawMaskCropper() turns by any angle", () => {
  const isHole: IsHole = (x, y) => x >= 80 && x < 100 && y >= 40 && y < 50;
  const mask = rawMask(128, 128, isHole);
  const options = { size: 128, dilate: [1, 1] as const };
  const half = cropRawMask(mask, scripted(0, 0.5, ...MIDDLE), options);
  assert.ok(half[(127 - 45) * 128 + 127 - 90] === 1 && half[45 * 128 + 90] === 0);
  const some = cropRawMask(mask, scripted(0, 0.1, ...MIDDLE), options);
  // A turn keeps areas; 200 pixels with a rim of 60 pixels in doubt.
  assert.ok(Math.abs(share(some) * 128 ** 2 - 200) < 30, `${share(some) * 128 ** 2}`);
});

Deno.test("rawMaskCropper() takes a window from masks of every shape", () => {
  const mask = rawMask(900, 600, (x) => x >= 500);
  const options = { size: 512, dilate: [9, 9] as const };
  // Place 0 is the left end: columns 0 to 511, hole from 500 - 4 on. Place 1 the right one: columns 388 to 899.
  const left = cropRawMask(mask, scripted(0, 0, 0, 0.5, 0, 0.5), options);
  assertHoles(left, 512, (x) => x >= 496);
  const right = cropRawMask(mask, scripted(0, 0, 1, 0.5, 1, 0.5), options);
  assertHoles(right, 512, (x) => x >= 500 - 4 - 388);
});

Deno.test("rawMaskCropper() enlarges a small mask to two values", () => {
  const isHole: IsHole = (x, y) => x >= 10 && x < 20 && y >= 10 && y < 20;
  const mask = rawMask(32, 32, isHole);
  const holeMask = cropRawMask(mask, scripted(0, 0, ...MIDDLE), { size: 128, dilate: [1, 1] });
  assert.deepEqual([...new Set(holeMask)].sort(), [0, 1]);
  assert.ok(Math.abs(share(holeMask) - 100 / 32 ** 2) < 0.01, `${share(holeMask)}`);
  assert.equal(holeMask[60 * 128 + 60], 1);
});

Deno.test("rawMaskCropper() agrees with widening first and cutting then, for any place", () => {
  const isHole: IsHole = (x, y) => (x * x + 3 * y) % 97 === 0;
  const mask = rawMask(90, 70, isHole);
  const widened = dilate((x, y) => x >= 0 && y >= 0 && x < 90 && y < 70 && isHole(x, y), 5);
  // A window of 70; a place of 0.25 is 5 columns from the left end. A brush of 5 is 36.57 on a crop of 70.
  const brush = 5 * 512 / 70;
  const random = scripted(0, 0, 0.25, 0.5, 0.5, 0.5);
  assertHoles(
    cropRawMask(mask, random, { size: 70, dilate: [brush, brush] }),
    70,
    (x, y) => widened(x + 5, y),
  );
});

Deno.test("rawMaskCropper() depends on the random numbers only and draws six of them", () => {
  const mask = rawMask(200, 150, (x, y) => (x + y) % 40 < 6);
  const options = { size: 64, dilate: [9, 49] as const };
  const [a, b] = [createRandom(3), createRandom(3)];
  assert.deepEqual(cropRawMask(mask, a, options), cropRawMask(mask, b, options));
  const c = createRandom(3);
  for (let i = 0; i < 6; i++) c.uniform();
  assert.equal(a.uniform(), c.uniform());
  assert.notDeepEqual(
    cropRawMask(mask, createRandom(4), options),
    cropRawMask(mask, createRandom(3), options),
  );
});

Deno.test("rawMaskCropper() gives the same masks of a mask too large to be measured as a whole", () => {
  // The same holes in 1,048,000 pixels and, with known rows below, in 1,049,600.
  const isHole: IsHole = (x, y) => y < 655 && (x * 3 + y * y) % 61 === 0 && x % 50 < 20;
  const fitting = rawMask(1600, 655, isHole);
  const large = rawMask(1600, 656, isHole);
  const options = { size: 96, dilate: [9, 49] as const };
  for (const turn of [0, 0.1, 0.7]) {
    // Vertical place 0 is the upper end in both, so that the windows are the same.
    const draw = (mask: RawMask) =>
      cropRawMask(mask, scripted(0.4, turn, 0.3, 0.9, 0, 0.5), options);
    assert.deepEqual(draw(large), draw(fitting));
    assert.ok(share(draw(large)) > 0.02 && share(draw(large)) < 0.98);
  }
});
