/**
 * Refuses what a device cannot hold, before anything is dispatched.
 * @module
 */
import { OutOfMemoryError } from "../../errors.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { unetLayers } from "../../model/unet_layers.ts";
import { inFours } from "./arrange_layer.ts";

/** Limits of a device in bytes, by their WebGPU names. */
export type DeviceLimits = Readonly<Record<string, number>>;

/** The largest buffer that a program can read or write, in bytes. */
export function mostBufferBytes(limits: DeviceLimits): number {
  return Math.min(limits["maxStorageBufferBindingSize"]!, limits["maxBufferSize"]!);
}

/**
 * The largest buffer that one picture of a batch needs, in bytes.
 *
 * A larger buffer than the device binds is no error that one sees: WebGPU drops the work, and what is read afterwards
 * is old memory that looks right.
 */
export function bufferBytes(
  config: UNetConfig,
  { height, width }: { readonly height: number; readonly width: number },
): number {
  const { encoder } = unetLayers(config);
  // The decoder stage that joins a level has as many channels; images, fills, and lists have at most four.
  const levels = encoder.map(({ cout }, level) => inFours(cout) / 4 ** (level + 1));
  return 4 * height * width * Math.max(4, ...levels);
}

/**
 * Says how many pictures of a size fit into one batch.
 *
 * @returns At least 1.
 * @throws {OutOfMemoryError} If not even one fits.
 */
export function mostPictures(
  config: UNetConfig,
  size: { readonly height: number; readonly width: number },
  limits: DeviceLimits,
): number {
  const [needed, most] = [bufferBytes(config, size), mostBufferBytes(limits)];
  if (needed > most) {
    throw new OutOfMemoryError(
      `Cannot run the network on ${size.height}x${size.width} pixels: a buffer takes ${needed} bytes, ` +
        `must be at most ${most} on this device`,
      { hint: "Use smaller tiles, or run with --device cpu" },
    );
  }
  return Math.floor(most / needed);
}
