import assert from "node:assert/strict";
import { latticeGuess } from "../../../src/data/lattice_guess.ts";
import { cutTile, openWindow, planWindow } from "../../../src/methods/canvas_window.ts";
import type { SmallPicture } from "../../../src/methods/upscaler.ts";

/** Bytes that look random. */
function small(width: number, height: number, holes: readonly number[] = []): SmallPicture {
  const rgb255 = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (i * 7919 + i * i) % 256,
  );
  const holeMask = new Uint8Array(width * height);
  for (const at of holes) holeMask[at] = 1;
  return holes.length === 0 ? { width, height, rgb255 } : { width, height, rgb255, holeMask };
}

Deno.test("openWindow() shows the part of the whole canvas, and hole beyond it", () => {
  const scale = 3;
  const picture = small(21, 17, [5, 100, 101, 200]);
  const whole = latticeGuess(picture, { scale });
  for (
    const window of [
      { top: 0, left: 0, height: 56, width: 64 },
      { top: 16, left: 24, height: 16, width: 24 },
      { top: 40, left: 48, height: 16, width: 16 },
    ]
  ) {
    const open = openWindow(picture, { window, scale, levels: 3 });
    const { height, width } = window;
    const lengths = open.fills.map(({ length }) => length);
    assert.deepEqual(lengths, [0, 1, 2].map((k) => height / 2 ** k * (width / 2 ** k) * 3));
    const { rgb01: features, validMask, fills: [fill] } = open;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [row, column, at] = [window.top + y, window.left + x, y * width + x];
        const isInside = row < whole.height && column < whole.width;
        const from = row * whole.width + column;
        const known = isInside ? 1 - whole.holeMask[from]! : 0;
        assert.equal(validMask![at], known, `mask at (${x}, ${y})`);
        for (let c = 0; c < 3; c++) {
          const value = isInside ? whole.known255[from * 3 + c]! : 0;
          assert.equal(features![at * 3 + c], Math.fround(value / 255));
          // A fill keeps what its mask knows, to the bit.
          if (!isInside || whole.guessMask[from] === 0) continue;
          assert.equal(fill![at * 3 + c], Math.fround(whole.guess255[from * 3 + c]! / 255));
        }
      }
    }
  }
});

Deno.test("openWindow() makes no fill that nobody needs", () => {
  const window = { top: 0, left: 0, height: 16, width: 16 };
  const open = openWindow(small(8, 8), { window, scale: 2, levels: 0 });
  assert.deepEqual(open.fills, []);
});

Deno.test("cutTile() takes every level's part", () => {
  const window = { top: 8, left: 16, height: 32, width: 24 };
  const open = openWindow(small(30, 30), { window, scale: 2, levels: 3 });
  const tile = { top: 16, left: 24, height: 16, width: 8 };
  const { fills = [] } = cutTile(open, tile);
  for (const [level, fill] of fills.entries()) {
    const factor = 2 ** level;
    assert.equal(fill.length, 16 / factor * (8 / factor) * 3);
    const [part, whole] = [fill, open.fills[level]!];
    // Top left pixel: 8 rows and 8 columns inside the window.
    const from = (8 / factor * (24 / factor) + 8 / factor) * 3;
    assert.deepEqual(part.slice(0, 3), whole.slice(from, from + 3));
  }
});

Deno.test(
  "planWindow() is the whole for small canvases, a tile with what its fill needs else",
  () => {
    const canvas = { scale: 4, multiple: 64, rows: 4032, columns: 4096 };
    const tile = { top: 1024, left: 2048, height: 1024, width: 1024 };
    const plain = (holes: readonly number[] = []): SmallPicture => {
      const holeMask = new Uint8Array(1024 * 1000);
      for (const at of holes) holeMask[at] = 1;
      return { width: 1024, height: 1000, rgb255: new Uint8Array(0), holeMask };
    };
    const plan = (picture: SmallPicture, wholePixels?: number) =>
      planWindow(tile, picture, wholePixels === undefined ? canvas : { ...canvas, wholePixels });
    const whole = { top: 0, left: 0, height: 4032, width: 4096 };
    assert.deepEqual(plan(plain(), 4032 * 4096), whole);
    const near = { top: 960, left: 1984, height: 1152, width: 1152 };
    assert.deepEqual(plan(plain()), near);
    // Small pixel (700, 400) stands at (2802, 1602), in the tile; (10, 10) is far from it.
    const far = { top: 512, left: 1536, height: 2048, width: 2048 };
    assert.deepEqual(plan(plain([400 * 1024 + 700])), far);
    assert.deepEqual(plan(plain([10 * 1024 + 10])), near);
    const corner = planWindow(
      { ...tile, top: 3008, left: 0 },
      plain([1024 * 999]),
      canvas,
    );
    assert.deepEqual(corner, { top: 2496, left: 0, height: 1536, width: 1536 });
  },
);
