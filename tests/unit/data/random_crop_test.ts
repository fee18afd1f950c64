import assert from "node:assert/strict";
import { randomCrop, resizeBox, type RgbImage } from "../../../src/data/random_crop.ts";
import { createRandom, type Random } from "../../../src/random.ts";

/** Red grows to the right, green downwards; blue is 7. */
function ramp(width: number, height: number): RgbImage {
  const rgb255 = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    rgb255.set([i % width, Math.floor(i / width), 7], i * 3);
  }
  return { rgb255, width, height };
}

/** Gives the listed numbers in turn. */
function scripted(...values: number[]): Random {
  const uniform = () => values.shift()!;
  return { uniform, integer: () => NaN, normal: () => NaN };
}

Deno.test("resizeBox() copies when the size stays", () => {
  const image = ramp(11, 7);
  const box = { left: 0, top: 0, width: 11, height: 7 };
  assert.deepEqual(resizeBox(image, box, { width: 11, height: 7 }), image.rgb255);
});

Deno.test("resizeBox() cuts exactly and never looks outside of the box", () => {
  const image = ramp(12, 12);
  const box = { left: 3, top: 5, width: 4, height: 4 };
  const cut = resizeBox(image, box, { width: 4, height: 4 });
  assert.deepEqual([...cut.subarray(0, 6)], [3, 5, 7, 4, 5, 7]);
  const half = resizeBox(image, box, { width: 2, height: 2 });
  // The triangle over 4 inputs at 1, 3, 3, 1 (cut to the box at its edge: 3, 3, 1): (9 + 12 + 5) / 7 = 3.71.
  assert.equal(half[0], 4);
  assert.equal(half[3], 5);
  const large = resizeBox(image, box, { width: 40, height: 40 });
  const reds = large.filter((_, i) => i % 3 === 0);
  assert.equal(Math.min(...reds), 3);
  assert.equal(Math.max(...reds), 6);
});

Deno.test("resizeBox() averages when it shrinks", () => {
  const width = 64;
  const rgb255 = new Uint8Array(width * width * 3);
  // A chequerboard: without antialiasing it comes out black or white.
  for (let i = 0; i < width * width; i++) {
    rgb255.fill((i + Math.floor(i / width)) % 2 * 255, i * 3, i * 3 + 3);
  }
  const box = { left: 0, top: 0, width, height: width };
  const small = resizeBox({ rgb255, width, height: width }, box, { width: 8, height: 8 });
  for (const value of small) assert.ok(Math.abs(value - 127.5) < 3, `${value}`);
});

Deno.test("randomCrop() gives size * size * 3 bytes for images of any size", () => {
  const random = createRandom(1);
  for (const [width, height] of [[64, 64], [200, 90], [10, 70], [1, 1], [33, 32]] as const) {
    for (let i = 0; i < 5; i++) {
      assert.equal(randomCrop(ramp(width, height), random, { size: 32 }).length, 32 * 32 * 3);
    }
  }
});

Deno.test("randomCrop() takes scale, place and mirror image from its four numbers", () => {
  const image = ramp(100, 80);
  const plain = randomCrop(image, scripted(0, 0.5, 0.25, 0.9), { size: 16 });
  // left = floor(0.5 * 85) = 42, top = floor(0.25 * 65) = 16
  assert.deepEqual([...plain.subarray(0, 6)], [42, 16, 7, 43, 16, 7]);
  const mirrored = randomCrop(image, scripted(0, 0.5, 0.25, 0.1), { size: 16 });
  assert.deepEqual([...mirrored.subarray(0, 6)], [57, 16, 7, 56, 16, 7]);
  // zoom 1 takes the whole height
  const whole = randomCrop(image, scripted(0.999999, 0, 0, 0.9), { size: 16 });
  assert.ok(whole[1]! <= 3 && whole[whole.length - 2]! >= 76);
});

Deno.test("randomCrop() enlarges the whole shorter side of a small image", () => {
  const crop = randomCrop(ramp(20, 8), scripted(0.5, 0, 0, 0.9), { size: 32 });
  assert.equal(crop[1], 0);
  assert.equal(crop[crop.length - 2], 7);
  assert.equal(crop[crop.length - 3], 7);
});

Deno.test("randomCrop() draws the same count of numbers for every image", () => {
  const [a, b] = [createRandom(4), createRandom(4)];
  randomCrop(ramp(100, 80), a, { size: 16 });
  randomCrop(ramp(3, 5), b, { size: 16 });
  assert.equal(a.uniform(), b.uniform());
});

Deno.test("randomCrop() refuses a size that is not whole", () => {
  assert.throws(() => randomCrop(ramp(4, 4), createRandom(1), { size: 0 }), {
    name: "RangeError",
    message: "Cannot crop image: size is 0, must be a whole number of at least 1",
  });
});
