import assert from "node:assert/strict";
import { pixelLanes, sharedTiles } from "../../../../src/kernels/webgpu/choose_tile.ts";

Deno.test("pixelLanes() takes as many pixels as fill eight lanes, and channels that divide", () => {
  const choose = pixelLanes();
  const tile = (pixels: number, channels: number) => ({ kind: "pixel-lanes", pixels, channels });
  assert.deepEqual(choose({ pixels: 1, cout: 512 }), tile(1, 16));
  assert.deepEqual(choose({ pixels: 31, cout: 24 }), tile(2, 8));
  assert.deepEqual(choose({ pixels: 32, cout: 12 }), tile(4, 4));
  assert.deepEqual(choose({ pixels: 1e6, cout: 16 }), tile(8, 16));
  assert.deepEqual(pixelLanes({ mostPixels: 16 })({ pixels: 128, cout: 16 }), tile(16, 16));
  assert.deepEqual(pixelLanes({ mostPixels: 1 })({ pixels: 1e6, cout: 16 }), tile(1, 16));
});

Deno.test("sharedTiles() takes small tiles where there is little to do, narrow ones for few channels", () => {
  const choose = sharedTiles();
  const tile = (pixels: number, columns: number, lines: number) => ({
    kind: "shared-tiles",
    pixels,
    columns,
    lines,
  });
  assert.deepEqual(choose({ pixels: 64, cout: 512 }), tile(2, 16, 8));
  assert.deepEqual(choose({ pixels: 65536, cout: 512 }), tile(4, 16, 16));
  assert.deepEqual(choose({ pixels: 65536, cout: 4 }), tile(4, 1, 32));
  assert.deepEqual(choose({ pixels: 64, cout: 12 }), tile(2, 2, 32));
  const large = sharedTiles({ pixels: 8, columns: 8 });
  assert.deepEqual(large({ pixels: 65536, cout: 512 }), tile(8, 8, 16));
});
