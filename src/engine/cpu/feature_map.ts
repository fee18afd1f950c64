/**
 * Where the features of one level lie in memory.
 * @module
 */
import type { MemoryArena } from "./memory_arena.ts";

/** `[height, width, channels]` float32 inside of a border of zeros. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  /** See {@linkcode paddedChannels}; those beyond the features' own are finite and meet kernels of 0. */
  readonly channels: number;
  /** Address of the pixel (0, 0) in bytes. */
  readonly origin: number;
  /** Bytes from a row to the next. */
  readonly pitch: number;
  /** Bytes from a pixel to the next. */
  readonly step: number;
}

/**
 * Channels of a map with those that fill it up: 4 for pictures, else a multiple of 8, which is what the kernels write at
 * once.
 */
export function paddedChannels(channels: number): number {
  return channels <= 4 ? 4 : Math.ceil(channels / 8) * 8;
}

/** Options of {@linkcode placeFeatureMap}. */
export interface FeatureMapOptions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Width of the border in pixels. */
  readonly pad: number;
}

/** Places a map and fills all of it with zeros. */
export function placeFeatureMap(
  arena: MemoryArena,
  { height, width, channels, pad }: FeatureMapOptions,
): FeatureMap {
  const padded = paddedChannels(channels);
  const step = padded * 4;
  const pitch = (width + 2 * pad) * step;
  const bytes = (height + 2 * pad) * pitch;
  const start = arena.takeZeros(bytes);
  return { height, width, channels: padded, origin: start + pad * pitch + pad * step, pitch, step };
}
