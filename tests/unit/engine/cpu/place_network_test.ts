import assert from "node:assert/strict";
import { planPacking } from "../../../../src/engine/cpu/pack_weights.ts";
import { type PlacedLayer, placeNetwork, TILES } from "../../../../src/engine/cpu/place_network.ts";
import { foldLayers } from "../../../../src/engine/fold_layers.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { type EngineMemory, openEngineMemory } from "../../../support/engine_memory.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

/** Channels that fill blocks, that do not, and that fit into one vector. */
const PYRAMID: UNetConfig = {
  ...PRESETS.tiny,
  base: "pyramid",
  encoder: [{ kernel: 5, channels: 3 }, { kernel: 3, channels: 8 }, { kernel: 3, channels: 9 }],
};

function place(config: UNetConfig, { arena, pack }: EngineMemory) {
  const folded = foldLayers(config, makeRandomNetwork(config));
  return { folded, network: placeNetwork(arena, folded, { config, pack }) };
}

Deno.test("placeNetwork() lists inputs, blocks and phases of every layer", async () => {
  const { network } = place(PYRAMID, await openEngineMemory());
  const describe = ({ groups, tile, blocks, phases }: PlacedLayer) => [
    groups.map(({ channels, isDoubled }) => `${channels}${isDoubled ? " doubled" : ""}`).join(),
    TILES[tile]!.vectors,
    blocks,
    phases.map(({ row, column }) => `${row}${column}`).join(),
  ];
  const all = "00,01,10,11";
  assert.deepEqual(network.encoder.map(describe), [
    ["3,4", 1, 1, "00"],
    ["3", 2, 1, "00"],
    ["8", 2, 2, "00"],
  ]);
  assert.deepEqual(network.decoder.map(describe), [
    ["9 doubled,8,4", 2, 1, all],
    ["8 doubled,3,4", 1, 1, all],
    ["3 doubled,3,4", 1, 1, all],
  ]);
  assert.deepEqual(network.heads.map(describe), [["8", 1, 1, "00"], ["3", 1, 1, "00"]]);
});

Deno.test("placeNetwork() joins no fill without a base", async () => {
  const { network } = place(PRESETS.tiny, await openEngineMemory());
  const channels = ({ groups }: PlacedLayer) => groups.map(({ channels }) => channels);
  assert.deepEqual(network.encoder.map(channels), [[3], [4], [8]]);
  assert.deepEqual(network.decoder.map(channels), [[8, 8], [8, 4], [4, 3]]);
  assert.deepEqual(network.heads, []);
});

Deno.test("placeNetwork() packs kernels by block, and fills them and the biases up with zeros", async () => {
  const engine = await openEngineMemory();
  const { folded, network } = place(PYRAMID, engine);
  const { buffer } = engine.memory;
  for (const part of ["encoder", "decoder", "heads"] as const) {
    network[part].forEach(({ groups, tile, blocks, phases, bias }, index) => {
      const { layer, kernel, bias: biases } = folded[part][index]!;
      const { cout, path } = layer;
      const width = TILES[tile]!.vectors * 4;
      const places = Array.from({ length: blocks * width }, (_, o) => o);
      const expectedBias = places.map((o) => biases[o] ?? 0);
      assert.deepEqual([...new Float32Array(buffer, bias, places.length)], expectedBias, path);
      for (const { weights, blockBytes, ...phase } of phases) {
        const { rows, steps } = planPacking(layer, { groups, phase });
        assert.equal(blockBytes, rows * width * 4);
        const expected = new Float32Array(blocks * rows * width);
        for (const { row, channels, target } of steps) {
          for (let c = 0; c < channels; c++) {
            for (let o = 0; o < cout; o++) {
              const at = (Math.floor(o / width) * rows + target + c) * width + o % width;
              expected[at]! += kernel[(row + c) * cout + o]!;
            }
          }
        }
        assert.deepEqual(new Float32Array(buffer, weights, expected.length), expected, path);
      }
    });
  }
});

Deno.test("placeNetwork() keeps what it packed and nothing else", async () => {
  const { arena, ...engine } = await openEngineMemory();
  const before = arena.top;
  const { network } = place(PYRAMID, { arena, ...engine });
  const layers = [...network.encoder, ...network.decoder, ...network.heads];
  let bytes = 0;
  for (const { folded, tile, blocks, phases } of layers) {
    assert.equal(folded.kernel.length, 0);
    bytes += Math.ceil(blocks * TILES[tile]!.vectors * 16 / 64) * 64;
    for (const { blockBytes } of phases) bytes += Math.ceil(blocks * blockBytes / 64) * 64;
  }
  // Every place begins on a cache line.
  assert.ok(arena.top - before <= bytes + 64, `${arena.top - before} of ${bytes}`);
});
