import assert from "node:assert/strict";
import { pyramidPlanes } from "../../../src/engine/plan/pyramid_planes.ts";
import { openNetworkCrop } from "../../../src/methods/network_crop.ts";
import { createRandom } from "../../../src/random.ts";

const [WIDTH, HEIGHT] = [50, 43];

function damaged() {
  const random = createRandom(1);
  const rgb255 = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, () => random.integer(0, 255));
  const holeMask = Uint8Array.from(
    { length: WIDTH * HEIGHT },
    () => random.integer(0, 3) === 0 ? 1 : 0,
  );
  return { width: WIDTH, height: HEIGHT, rgb255, holeMask };
}

Deno.test("openNetworkCrop() adds hole up to a multiple, and wants nothing there", () => {
  const image = damaged();
  const wanted = image.holeMask;
  const { tiles } = openNetworkCrop(image, { wanted, multiple: 8, tile: 64, levels: 3 });
  assert.equal(tiles.length, 1);
  const request = tiles[0]!.request();
  // 43 and 50 to multiples of 8.
  assert.deepEqual([request.height, request.width, tiles[0]!.pixels], [48, 56, 48 * 56]);
  assert.equal(request.fills, undefined, "a single tile makes its own fill");
  for (let y = 0; y < 48; y++) {
    for (let x = 0; x < 56; x++) {
      const [at, from] = [y * 56 + x, y * WIDTH + x];
      const isInside = y < HEIGHT && x < WIDTH;
      assert.equal(request.validMask[at], isInside ? 1 - image.holeMask[from]! : 0);
      assert.equal(request.wanted![at], isInside ? image.holeMask[from]! : 0);
      const red = isInside ? Math.fround(image.rgb255[from * 3]! / 255) : 0;
      assert.equal(request.rgb01[at * 3], red);
    }
  }
});

Deno.test("openNetworkCrop() cuts tiles with their part of one fill, and blends what comes back", () => {
  const image = damaged();
  const wanted = new Uint8Array(WIDTH * HEIGHT).fill(1);
  const crop = openNetworkCrop(image, { wanted, multiple: 8, tile: 16, levels: 2 });
  assert.ok(crop.tiles.length > 9);
  const whole = openNetworkCrop(image, { wanted, multiple: 8, tile: 64, levels: 2 });
  const { height, width, rgb01: rgb, validMask } = whole.tiles[0]!.request();
  const fills = pyramidPlanes({ height, width, rgb, validMask });
  const covered = new Set<number>();
  for (const { request, add } of crop.tiles) {
    const tile = request();
    // The tile's place, found by its pixels, which are all different enough.
    const at = placeOf(tile.rgb01, tile.width, rgb, { height, width });
    covered.add(at.top * width + at.left);
    tile.fills!.forEach((fill, level) => {
      const scale = 2 ** level;
      const from = (at.top / scale * (width / scale) + at.left / scale) * 3;
      assert.deepEqual(fill.slice(0, 6), fills[level]!.slice(from, from + 6));
    });
    // Answers with the picture itself: weights that add up to 1 give it back.
    add(tile.rgb01);
  }
  assert.equal(covered.size, crop.tiles.length);
  crop.rgb01.forEach((value, i) => {
    const [y, x] = [Math.floor(i / 3 / WIDTH), Math.floor(i / 3) % WIDTH];
    // Up to four float32 products are added.
    assert.ok(Math.abs(value - rgb[(y * width + x) * 3 + i % 3]!) < 3e-7);
  });
});

function placeOf(
  tile: Float32Array,
  tileWidth: number,
  whole: Float32Array,
  { height, width }: { height: number; width: number },
) {
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      const isHere = [0, 1, 2].every((row) => {
        const from = ((top + row) * width + left) * 3;
        return tile.slice(row * tileWidth * 3, (row * tileWidth + 8) * 3).every((value, i) =>
          value === whole[from + i]
        );
      });
      if (isHere) return { top, left };
    }
  }
  throw new Error("The tile is no part of the picture");
}
