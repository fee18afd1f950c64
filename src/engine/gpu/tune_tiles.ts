/**
 * Finds out once per adapter how convolutions are best cut up there.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type TuningCache, tuningCache } from "../../backend/tuning_cache.ts";
import {
  type ChooseTile,
  pixelLanes,
  type PixelLanesOptions,
  sharedTiles,
  type SharedTilesOptions,
} from "../../kernels/webgpu/choose_tile.ts";
import { plainConv } from "../../kernels/webgpu/plain_conv.ts";
import type { GpuBackend } from "../../kernels/webgpu/gpu_program.ts";

/** A way to cut up convolutions, as it is kept in the cache. */
export type Tiling =
  | { readonly kind: "pixel-lanes" } & PixelLanesOptions
  | { readonly kind: "shared-tiles" } & SharedTilesOptions;

/** The adapter that is tuned for; its backend is tfjs's active one. */
export interface TunedDevice {
  readonly name: string;
  /** What the driver says about itself. */
  readonly driver: string;
  readonly isSoftware: boolean;
  /** @throws {BackendError} If the device has failed. */
  readonly assertHealthy: () => void;
}

/** Options of {@linkcode tuneTiles}. */
export interface TuneTilesOptions {
  /**
   * Measures software adapters too: that compiles for half a minute.
   * @default false
   */
  readonly tunesSoftware?: boolean;
  /** @default The file of `tuningCache` */
  readonly cache?: TuningCache;
  /**
   * Times one way, in milliseconds.
   * @default {@linkcode timeTiling}
   */
  readonly measure?: (tiling: Tiling) => Promise<number>;
}

/** Counted up whenever the programs change, so that old measurements are not believed. */
const PROGRAMS_VERSION = 1;

/** What is worth trying. */
export const TILINGS: Readonly<Record<"hardware" | "software", readonly Tiling[]>> = {
  hardware: [
    { kind: "shared-tiles", pixels: 4, columns: 16 },
    { kind: "shared-tiles", pixels: 8, columns: 16 },
    { kind: "shared-tiles", pixels: 4, columns: 8 },
    { kind: "shared-tiles", pixels: 8, columns: 8 },
  ],
  software: [
    { kind: "pixel-lanes", mostPixels: 4 },
    { kind: "pixel-lanes", mostPixels: 8 },
    { kind: "pixel-lanes", mostPixels: 16 },
  ],
};

/**
 * Chooses tiles for an adapter: from the cache, or by timing a convolution with each of a few ways, which is then cached
 * by adapter, driver and version of the programs. Software adapters get pixel lanes without being measured.
 *
 * @throws {BackendError} If the device failed over it.
 */
export async function tuneTiles(
  device: TunedDevice,
  options: TuneTilesOptions = {},
): Promise<ChooseTile> {
  const { tunesSoftware = false, cache = tuningCache(), measure = timeTiling } = options;
  const tilings = TILINGS[device.isSoftware ? "software" : "hardware"];
  if (device.isSoftware && !tunesSoftware) return pixelLanes();
  const key = `${device.name} | ${device.driver} | programs ${PROGRAMS_VERSION}`;
  const cached = await cache.read(key);
  // What is not one of ours was written by another version, or by hand.
  const known = tilings.find((tiling) => JSON.stringify(tiling) === JSON.stringify(cached));
  if (known !== undefined) return chooserOf(known);
  let [best, least] = [tilings[0]!, Infinity];
  for (const tiling of tilings) {
    const elapsedMs = await measure(tiling);
    device.assertHealthy();
    if (elapsedMs < least) [best, least] = [tiling, elapsedMs];
  }
  await cache.write(key, best);
  return chooserOf(best);
}

/** The tiles of a way. */
export function chooserOf(tiling: Tiling): ChooseTile {
  return tiling.kind === "pixel-lanes" ? pixelLanes(tiling) : sharedTiles(tiling);
}

/** A convolution of the middle of a network: 3x3, `[1, 64, 64, 128]` to 128 channels, 1.2 GFLOP. */
const SIZE = 64;
const CHANNELS = 128;
/** Convolutions between two reads, where one is short. */
const REPEATS = 16;
const LONG_MS = 50;

/** Times the convolution, after one that compiles it; the smallest of three times, in milliseconds for one. */
export async function timeTiling(tiling: Tiling): Promise<number> {
  const chooseTile = chooserOf(tiling);
  const backend = tf.backend() as unknown as GpuBackend;
  const x = tf.ones([1, SIZE, SIZE, CHANNELS]);
  const kernel = tf.ones([3, 3, CHANNELS, CHANNELS]);
  const geometry = { side: 3, stride: 1, pad: 1, outHeight: SIZE, outWidth: SIZE } as const;
  const run = async (count: number) => {
    const start = performance.now();
    for (let i = 0; i < count; i++) {
      const output = plainConv(backend, { x, kernel }, geometry, chooseTile);
      if (i < count - 1) {
        backend.disposeData(output.dataId);
        continue;
      }
      const { dataId, shape, dtype } = output;
      const tensor = tf.engine().makeTensorFromDataId(dataId, shape, dtype, tf.backend());
      await tensor.data();
      tensor.dispose();
    }
    return (performance.now() - start) / count;
  };
  try {
    await run(1);
    const once = await run(1);
    if (once > LONG_MS) return Math.min(once, await run(1));
    return Math.min(await run(REPEATS), await run(REPEATS), await run(REPEATS));
  } finally {
    tf.dispose([x, kernel]);
  }
}
