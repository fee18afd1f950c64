/**
 * Everything that a forward pass of one size needs in memory.
 * @module
 */
import { LAYOUT } from "../../kernels/simd/conv_kernel.ts";
import { type FeatureMap, placeFeatureMap } from "./feature_map.ts";
import type { MemoryArena } from "./memory_arena.ts";
import { placePyramid } from "./place_pyramid.ts";
import type { Script } from "./script.ts";
import { type PlacedLayer, type PlacedNetwork, type PlacedPhase, TILES } from "./place_network.ts";

/** One layer, or one phase of it, ready for its kernel once it has a list of pixels. */
export interface PassRecord {
  readonly phase: PlacedPhase;
  /** Address of the kernel's description. */
  readonly address: number;
  /** Address of the list of packed places, room for every pixel. */
  readonly list: number;
  /** Address of the mask ratios in the order of the list. */
  readonly ratios: number;
}

/** One layer at one size. */
export interface PassLayer {
  readonly placed: PlacedLayer;
  readonly output: FeatureMap;
  readonly records: readonly PassRecord[];
}

/** A forward pass of one size. */
export interface Pass {
  readonly height: number;
  readonly width: number;
  readonly image: FeatureMap;
  /** Finest level first; empty without a base. */
  readonly fills: readonly FeatureMap[];
  /** Makes the fills from the image; undefined without a base. */
  readonly pyramid: Script | undefined;
  readonly encoder: readonly PassLayer[];
  readonly decoder: readonly PassLayer[];
  readonly heads: readonly PassLayer[];
}

/** Places maps, lists and descriptions. @throws {OutOfMemoryError} If they do not fit. */
export function placePass(
  arena: MemoryArena,
  network: PlacedNetwork,
  { height, width, hasBase }: { height: number; width: number; hasBase: boolean },
): Pass {
  const depth = network.encoder.length;
  const mapAt = (level: number, channels: number, pad: number) =>
    placeFeatureMap(arena, {
      height: height / 2 ** level,
      width: width / 2 ** level,
      channels,
      pad,
    });
  // What an encoder level reads has its border; decoder stages read one pixel more than there is.
  const padAt = (level: number) =>
    level === depth ? 1 : Math.max(1, (network.encoder[level]!.folded.layer.kernel - 1) / 2);
  const image = mapAt(0, 4, padAt(0));
  const fills = hasBase
    ? Array.from({ length: depth }, (_, level) => mapAt(level, 4, level === 0 ? padAt(0) : 1))
    : [];
  const pyramid = hasBase ? placePyramid(arena, { image, fills }) : undefined;
  const maps = [image];
  const encoder = network.encoder.map((placed, index) => {
    const output = mapAt(index + 1, channelsOf(placed), padAt(index + 1));
    maps.push(output);
    const inputs = [maps[index]!, ...(index === 0 ? fills.slice(0, 1) : [])];
    return placeLayer(arena, placed, { inputs, output, stride: 2 });
  });
  let below = maps[depth]!;
  const outputs: FeatureMap[] = [];
  const decoder = network.decoder.map((placed, index) => {
    const level = depth - 1 - index;
    const output = mapAt(level, channelsOf(placed), 1);
    const inputs = [below, maps[level]!, ...fills.slice(level, level + 1)];
    below = output;
    outputs.push(output);
    return placeLayer(arena, placed, { inputs, output, stride: 1 });
  });
  const heads = network.heads.map((placed, index) => {
    const output = mapAt(depth - 1 - index, 4, 0);
    return placeLayer(arena, placed, { inputs: [outputs[index]!], output, stride: 1 });
  });
  return { height, width, image, fills, pyramid, encoder, decoder, heads };
}

/** With those that fill up the last block: the kernel writes them too. */
function channelsOf({ blocks, tile }: PlacedLayer): number {
  return blocks * TILES[tile]!.vectors * 4;
}

interface LayerPlace {
  readonly inputs: readonly FeatureMap[];
  readonly output: FeatureMap;
  readonly stride: 1 | 2;
}

function placeLayer(arena: MemoryArena, placed: PlacedLayer, place: LayerPlace): PassLayer {
  const { output } = place;
  const most = (output.height * output.width) / placed.phases.length;
  const records = placed.phases.map((phase): PassRecord => {
    const record = {
      phase,
      address: arena.take(LAYOUT.head + placed.groups.length * LAYOUT.group),
      list: arena.take(most * 4),
      ratios: arena.take(most * 4),
    };
    describe(arena.memory, placed, { ...place, record });
    return record;
  });
  return { placed, output, records };
}

/** Writes what the kernel reads: see `LAYOUT`. */
function describe(
  { buffer }: WebAssembly.Memory,
  { groups, folded, bias, phases }: PlacedLayer,
  { inputs, output, stride, record }: LayerPlace & { record: PassRecord },
): void {
  const { phase, address, list, ratios } = record;
  const words = new Int32Array(buffer, address);
  const scale = phases.length === 4 ? 2 : 1;
  words.set([
    phase.weights,
    phase.blockBytes,
    groups.length,
    list,
    ratios,
    bias,
    output.origin + phase.row * output.pitch + phase.column * output.step,
    scale * output.pitch,
    scale * output.step,
  ]);
  new Float32Array(buffer, address)[9] = folded.slope;
  const pad = (folded.layer.kernel - 1) / 2;
  groups.forEach(({ isDoubled }, index) => {
    const { origin, pitch, step } = inputs[index]!;
    // A doubled group is read on its small map, two rows and columns from the one before or at the pixel.
    const [rows, up, left, stepBy] = isDoubled
      ? [2, 1 - phase.row, 1 - phase.column, 1]
      : [folded.layer.kernel, pad - phase.row, pad - phase.column, stride * scale];
    words.set([
      origin - up * pitch - left * step,
      stepBy * pitch,
      stepBy * step,
      rows,
      pitch,
      rows * step,
    ], LAYOUT.head / 4 + index * (LAYOUT.group / 4));
  });
}
