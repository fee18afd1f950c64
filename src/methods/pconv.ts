/**
 * Filling by the network.
 * @module
 */
import { takeBatch } from "../engine/take_batch.ts";
import type { NetworkEngine } from "../engine/types.ts";
import { OutOfMemoryError } from "../errors.ts";
import { sizeMultiple, type UNetConfig } from "../model/unet_config.ts";
import { cutPlane } from "./cut_plane.ts";
import { type HoleRegion, planRegions } from "./hole_regions.ts";
import { openNetworkCrop } from "./network_crop.ts";
import { toByte } from "./to_byte.ts";
import type { DamagedImage, FillMethod } from "./types.ts";

/** Options of {@linkcode pconv}. */
export interface PconvOptions {
  /** Of the network that the engine runs. */
  readonly config: UNetConfig;
  /** The network, ready to run. The method's `close()` closes it. */
  readonly engine: NetworkEngine;
  /** Pixels around a hole that are seen. */
  readonly context: number | "auto";
  /** Largest side that goes through the network at once, in pixels; larger crops are tiled and blended. */
  readonly tile: number;
  /**
   * Takes a line for the user when a tile has to become smaller.
   * @default Nobody is told
   */
  readonly log?: (line: string) => void;
}

/**
 * Fills holes with a partial-convolution network. A large picture is filled crop by crop at its own
 * resolution, small crops together in one batch; crops larger than a tile share one base fill and are blended from
 * overlapping tiles. If the device runs out of memory, tiles are halved from then on.
 */
export function pconv(options: PconvOptions): FillMethod {
  const painter = { ...options };
  return {
    name: "pconv",
    fill: (image, { signal } = {}) => paint(image, painter, { signal, paintsKnown: false }),
    predict: (image, { signal } = {}) => paint(image, painter, { signal, paintsKnown: true }),
    close: () => options.engine.close(),
  };
}

/** Options whose tile may shrink. */
type Painter = Omit<PconvOptions, "tile"> & { tile: number };

interface PaintOptions {
  readonly signal: AbortSignal | undefined;
  /** True puts the network's output at known pixels too, as far as crops reach. */
  readonly paintsKnown: boolean;
}

/** Runs the network over every crop and puts its output into a copy of the picture. */
async function paint(
  image: DamagedImage,
  painter: Painter,
  options: PaintOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { context, config } = painter;
  const regions = planRegions(image.holeMask, image, { context, align: sizeMultiple(config) });
  const result = new Uint8Array(image.rgb255);
  const parts = regions.map((region) => cutRegion(image, region, options));
  while (parts.length > 0) {
    // As many crops as make one tile go together.
    const batch = takeBatch(parts, {
      sizeOf: ({ wanted }) => wanted.length,
      most: painter.tile ** 2,
    });
    const outputs = await runCrops(batch, painter, options.signal);
    batch.forEach((part, i) => putPart(result, image.width, part, outputs[i]!));
  }
  return result;
}

/** A crop of the picture, and which of its pixels are to be painted. */
interface Part {
  readonly crop: HoleRegion["crop"];
  readonly image: DamagedImage;
  readonly wanted: Uint8Array;
}

function cutRegion(
  { width, rgb255, holeMask }: DamagedImage,
  { crop, owns }: HoleRegion,
  { paintsKnown }: PaintOptions,
): Part {
  const hole = cutPlane(holeMask, { width, channels: 1 }, crop);
  const wanted = new Uint8Array(hole.length);
  for (let y = 0, i = 0; y < crop.height; y++) {
    for (let x = 0; x < crop.width; x++, i++) {
      const isWanted = hole[i] === 0 ? paintsKnown : owns(crop.left + x, crop.top + y);
      wanted[i] = isWanted ? 1 : 0;
    }
  }
  const rgb = cutPlane(rgb255, { width, channels: 3 }, crop);
  const image = { width: crop.width, height: crop.height, rgb255: rgb, holeMask: hole };
  return { crop, image, wanted };
}

function putPart(
  result: Uint8Array,
  width: number,
  { crop, wanted }: Part,
  rgb01: Float32Array,
): void {
  for (let y = 0, i = 0; y < crop.height; y++) {
    let to = ((crop.top + y) * width + crop.left) * 3;
    for (let x = 0; x < crop.width; x++, i++, to += 3) {
      if (wanted[i] === 0) continue;
      for (let c = 0; c < 3; c++) result[to + c] = toByte(rgb01[i * 3 + c]!);
    }
  }
}

/** Runs the network over crops. Returns rgb01 `[height, width, 3]` of each, not clipped. */
async function runCrops(
  parts: readonly Part[],
  painter: Painter,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const { config, engine, log } = painter;
  const multiple = sizeMultiple(config);
  const levels = config.base === "none" ? 0 : config.encoder.length;
  for (;;) {
    const { tile } = painter;
    const crops = parts.map(({ image, wanted }) =>
      openNetworkCrop(image, { wanted, multiple, tile, levels })
    );
    const tiles = crops.flatMap(({ tiles }) => tiles);
    try {
      while (tiles.length > 0) {
        signal?.throwIfAborted();
        const batch = takeBatch(tiles, { sizeOf: ({ pixels }) => pixels, most: tile ** 2 });
        const outputs = await engine.run(batch.map(({ request }) => request()));
        batch.forEach(({ add }, i) => add(outputs[i]!));
      }
      return crops.map(({ rgb01 }) => rgb01);
    } catch (error) {
      const smaller = Math.ceil(tile / 2 / multiple) * multiple;
      if (!(error instanceof OutOfMemoryError) || smaller < 2 * multiple || smaller >= tile) {
        throw error;
      }
      log?.(`${error.message}: going on with tiles of ${smaller} pixels`);
      // Another picture may have shrunk it already.
      painter.tile = Math.min(painter.tile, smaller);
    }
  }
}
