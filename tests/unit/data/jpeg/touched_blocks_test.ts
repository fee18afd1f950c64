import assert from "node:assert/strict";
import { applyOrientation } from "../../../../src/data/exif_orientation.ts";
import { touchedBlocks } from "../../../../src/data/jpeg/touched_blocks.ts";
import { createRandom } from "../../../../src/random.ts";
import { randomJpeg } from "./jpeg_files.ts";

const [WIDTH, HEIGHT] = [45, 61];

for (
  const [name, factors] of Object.entries(
    {
      grey: [[1, 1]],
      "4:2:0": [[2, 2], [1, 1], [1, 1]],
      "4:1:1": [[4, 1], [1, 1], [1, 1]],
    } as const,
  )
) {
  Deno.test(`touchedBlocks() finds what a loop over all stored pixels finds: ${name}`, () => {
    const random = createRandom(3);
    const jpeg = randomJpeg(1, { width: WIDTH, height: HEIGHT, factors });
    const [largestH, largestV] = [factors[0][0], factors[0][1]];
    for (let orientation = 1; orientation <= 8; orientation++) {
      const stored = Array.from({ length: WIDTH * HEIGHT }, () => random.uniform() < 0.003 ? 1 : 0);
      const rgba = Uint8ClampedArray.from({ length: 4 * stored.length }, (_, i) => stored[i >> 2]!);
      const upright = applyOrientation({ width: WIDTH, height: HEIGHT, rgba }, orientation);
      const holeMask = Uint8Array.from(stored, (_, i) => upright.rgba[4 * i]!);

      const wanted = jpeg.components.map(({ blocksWide, blocksHigh }) =>
        new Uint8Array(blocksWide * blocksHigh)
      );
      stored.forEach((isHole, i) => {
        if (isHole === 0) return;
        jpeg.components.forEach(({ h, v, blocksWide }, c) => {
          const x = Math.floor((i % WIDTH) / (8 * largestH / h));
          const y = Math.floor(Math.floor(i / WIDTH) / (8 * largestV / v));
          wanted[c]![y * blocksWide + x] = 1;
        });
      });
      assert.ok(wanted[0]!.includes(0) && wanted[0]!.includes(1));
      const found = touchedBlocks(jpeg, { holeMask, orientation });
      assert.deepEqual(found, wanted, `orientation ${orientation}`);
    }
  });
}

Deno.test("touchedBlocks() refuses a mask of another size", () => {
  const jpeg = randomJpeg(1, { width: 9, height: 9, factors: [[1, 1]] });
  const hole = { holeMask: new Uint8Array(80), orientation: 1 };
  assert.throws(() => touchedBlocks(jpeg, hole), /the mask has 80 pixels, must be 81/);
});
