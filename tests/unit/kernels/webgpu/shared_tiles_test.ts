import assert from "node:assert/strict";
import { sharedTiles } from "../../../../src/kernels/webgpu/choose_tile.ts";
import {
  sharedTilesBytes,
  type SharedTilesTile,
} from "../../../../src/kernels/webgpu/shared_tiles.ts";
import { testFusedCases } from "./fused_cases.ts";

const TILES: readonly SharedTilesTile[] = [
  { kind: "shared-tiles", pixels: 4, columns: 1, lines: 32 },
  // More channels than most cases have, and more pixels.
  { kind: "shared-tiles", pixels: 8, columns: 16, lines: 16 },
];

// Measured: 3.9e-6, as with pixel lanes.
for (const tile of TILES) {
  const { pixels, columns, lines } = tile;
  testFusedCases(`a tile of ${lines}x${pixels} pixels, ${columns}x4 channels`, () => tile, 7.5e-6);
}

Deno.test("sharedTilesBytes(): counted by hand, and no choice exceeds what every adapter has", () => {
  // Four fours of channels: 16·16 pixels and one of padding, 4·4 channels of 4·2 weights; 16 bytes each.
  assert.equal(
    sharedTilesBytes({ kind: "shared-tiles", pixels: 2, columns: 2, lines: 8 }),
    16 * (4 * (16 + 1) + 16 * 2),
  );
  for (const cout of [4, 8, 12, 16, 32, 64, 512]) {
    for (const pixels of [1, 100, 1e6]) {
      for (const options of [{}, { pixels: 8, columns: 16 }, { pixels: 8, columns: 8 }] as const) {
        const tile = sharedTiles(options)({ pixels, cout }) as SharedTilesTile;
        assert.ok(sharedTilesBytes(tile) <= 16384, JSON.stringify(tile));
        assert.ok(tile.columns * tile.lines <= 256);
      }
    }
  }
});
