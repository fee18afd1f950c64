/**
 * How much of a convolution one thread or workgroup does, by adapter and size.
 * @module
 */
import type { FusedTile } from "./fused_partial_conv.ts";

/** What the choice depends on. */
export interface TileWork {
  /** Pixels of the largest phase. */
  readonly pixels: number;
  /** Output channels, a multiple of 4. */
  readonly cout: number;
}

/** Chooses the tile of one convolution. */
export type ChooseTile = (work: TileWork) => FusedTile;

/** Options of {@linkcode pixelLanes}. */
export interface PixelLanesOptions {
  /**
   * Most pixels of a thread. 16 was 1.2 times faster than 8 on llvmpipe and takes three to ten times as long to
   * compile.
   * @default 8
   */
  readonly mostPixels?: 1 | 2 | 4 | 8 | 16;
}

/** For software adapters: as many pixels a thread as fill all lanes. */
export function pixelLanes({ mostPixels = 8 }: PixelLanesOptions = {}): ChooseTile {
  const sizes = ([16, 8, 4, 2, 1] as const).filter((size) => size <= mostPixels);
  return ({ pixels, cout }) => ({
    kind: "pixel-lanes",
    pixels: sizes.find((size) => 8 * size <= pixels) ?? 1,
    channels: cout % 16 === 0 ? 16 : cout % 8 === 0 ? 8 : 4,
  });
}

/** Options of {@linkcode sharedTiles}. */
export interface SharedTilesOptions {
  /**
   * Pixels of a thread where there are many.
   * @default 4
   */
  readonly pixels?: 4 | 8;
  /**
   * Most threads side by side, four output channels each.
   * @default 16
   */
  readonly columns?: 8 | 16;
}

/**
 * For hardware: tiles in shared memory, smaller ones where there is little to do, so that more of the chip has work.
 */
export function sharedTiles(
  { pixels: large = 4, columns: widest = 16 }: SharedTilesOptions = {},
): ChooseTile {
  return ({ pixels, cout }) => {
    const quads = cout / 4;
    const columns = ([16, 8, 4, 2, 1] as const).find((n) => n <= widest && n <= quads)!;
    const isSmall = pixels < 2048;
    // Narrow tiles keep to 128 pixels, so that every choice fits the 16 KiB that each adapter has.
    return {
      kind: "shared-tiles",
      pixels: isSmall ? 2 : columns < 8 ? 4 : large,
      columns,
      lines: columns < 8 ? 32 : isSmall ? 8 : 16,
    };
  };
}
