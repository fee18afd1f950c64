/**
 * A network's numbers in the memory that the kernels work on.
 * @module
 */
import type { UNetConfig } from "../../model/unet_config.ts";
import type { FoldedLayer, FoldedNetwork } from "../fold_layers.ts";
import type { MemoryArena } from "./memory_arena.ts";
import { paddedChannels } from "./feature_map.ts";
import { type PackedGroup, type Phase, planPacking } from "./pack_weights.ts";

/** Kernels of the module by their output channels at once; the index is that of the crew's kernels. */
export const TILES = [
  { pixels: 6, vectors: 2 },
  // For layers of up to four output channels.
  { pixels: 8, vectors: 1 },
] as const;

/** The module's function of `src/kernels/simd/pack_kernel.ts`. */
export type PackKernel = (
  source: number,
  rowBytes: number,
  target: number,
  channels: number,
  blocks: number,
  blockBytes: number,
  vectors: number,
) => void;

/** The kernels of one phase of a layer. */
export interface PlacedPhase extends Phase {
  /** Address of the packed kernels. */
  readonly weights: number;
  /** Bytes of the kernels of one block of output channels. */
  readonly blockBytes: number;
}

/** One layer in memory. */
export interface PlacedLayer {
  readonly folded: FoldedLayer;
  readonly groups: readonly PackedGroup[];
  /** Index in {@linkcode TILES}. */
  readonly tile: number;
  /** Blocks of output channels. */
  readonly blocks: number;
  /** Four where the first group is doubled, else one. */
  readonly phases: readonly PlacedPhase[];
  /** Address of the biases, a number for each output channel of all blocks. */
  readonly bias: number;
}

/** All layers in memory, in the order of the network. */
export interface PlacedNetwork {
  readonly encoder: readonly PlacedLayer[];
  readonly decoder: readonly PlacedLayer[];
  readonly heads: readonly PlacedLayer[];
}

const ONLY: readonly Phase[] = [{ row: 0, column: 0 }];

const FOUR: readonly Phase[] = [
  { row: 0, column: 0 },
  { row: 0, column: 1 },
  { row: 1, column: 0 },
  { row: 1, column: 1 },
];

/** Packs a folded network into memory. @throws {OutOfMemoryError} If it does not fit. */
export function placeNetwork(
  arena: MemoryArena,
  { encoder, decoder, heads }: FoldedNetwork,
  { config: { base }, pack }: { readonly config: UNetConfig; readonly pack: PackKernel },
): PlacedNetwork {
  const channelsOf = (level: number) => level === 0 ? 3 : encoder[level - 1]!.layer.cout;
  const fill: PackedGroup[] = base === "none"
    ? []
    : [{ channels: encoder[0]!.layer.cin - 3, isDoubled: false }];
  const single = ({ layer }: FoldedLayer) => [{ channels: layer.cin, isDoubled: false }];
  const place = (folded: FoldedLayer, groups: readonly PackedGroup[]) =>
    placeLayer(arena, folded, { groups, pack });
  return {
    encoder: encoder.map((folded, index) =>
      place(
        folded,
        index === 0 ? [{ channels: 3, isDoubled: false }, ...fill] : single(folded),
      )
    ),
    decoder: decoder.map((folded, index) => {
      const level = decoder.length - 1 - index;
      return place(folded, [
        { channels: channelsOf(level + 1), isDoubled: true },
        { channels: channelsOf(level), isDoubled: false },
        ...fill,
      ]);
    }),
    heads: heads.map((folded) => place(folded, single(folded))),
  };
}

function placeLayer(
  arena: MemoryArena,
  folded: FoldedLayer,
  { groups, pack }: { readonly groups: readonly PackedGroup[]; readonly pack: PackKernel },
): PlacedLayer {
  const { layer: { cout }, layer } = folded;
  const padded = paddedChannels(cout);
  const tile = padded === 4 ? 1 : 0;
  const { vectors } = TILES[tile]!;
  const blocks = padded / (vectors * 4);
  const plans = (groups[0]!.isDoubled ? FOUR : ONLY).map((phase) => {
    const packing = planPacking(layer, { groups, phase });
    const blockBytes = packing.rows * vectors * 16;
    return { phase, packing, blockBytes, weights: arena.takeZeros(blocks * blockBytes) };
  });
  const bias = arena.takeZeros(padded * 4);
  new Float32Array(arena.memory.buffer, bias, cout).set(folded.bias);
  // The kernel as it came stands behind everything else while it is packed.
  const { top } = arena;
  const source = putRows(arena, folded, padded);
  const rowBytes = padded * 4;
  for (const { packing, blockBytes, weights } of plans) {
    for (const { row, channels, target } of packing.steps) {
      const to = weights + target * vectors * 16;
      pack(source + row * rowBytes, rowBytes, to, channels, blocks, blockBytes, vectors);
    }
  }
  arena.release(top);
  const phases = plans.map(({ phase, weights, blockBytes }) => ({ ...phase, weights, blockBytes }));
  // Only packed numbers are kept.
  return { folded: { ...folded, kernel: new Float32Array() }, groups, tile, blocks, phases, bias };
}

/** Puts a kernel into memory, rows of output channels filled up with zeros. */
function putRows(arena: MemoryArena, { layer: { cout }, kernel }: FoldedLayer, padded: number) {
  const rows = kernel.length / cout;
  const address = arena.take(rows * padded * 4);
  const target = new Float32Array(arena.memory.buffer, address, rows * padded);
  if (padded === cout) target.set(kernel);
  else {
    target.fill(0);
    for (let row = 0; row < rows; row++) {
      target.set(kernel.subarray(row * cout, (row + 1) * cout), row * padded);
    }
  }
  return address;
}
