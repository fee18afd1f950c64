import assert from "node:assert/strict";
import type { FeatureMap } from "../../../../src/engine/cpu/feature_map.ts";
import { placeNetwork } from "../../../../src/engine/cpu/place_network.ts";
import { type PassLayer, placePass } from "../../../../src/engine/cpu/place_pass.ts";
import { foldLayers } from "../../../../src/engine/fold_layers.ts";
import { OutOfMemoryError } from "../../../../src/errors.ts";
import { LAYOUT } from "../../../../src/kernels/simd/conv_kernel.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { openEngineMemory } from "../../../support/engine_memory.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

const PYRAMID: UNetConfig = {
  ...PRESETS.tiny,
  base: "pyramid",
  encoder: [{ kernel: 7, channels: 4 }, { kernel: 1, channels: 8 }, { kernel: 3, channels: 12 }],
};

async function place(config: UNetConfig, height: number, width: number) {
  const { arena, memory, pack } = await openEngineMemory();
  const folded = foldLayers(config, makeRandomNetwork(config));
  const network = placeNetwork(arena, folded, { config, pack });
  const { top } = arena;
  const hasBase = config.base !== "none";
  const again = (height: number, width: number) => {
    arena.release(top);
    return placePass(arena, network, { height, width, hasBase });
  };
  return { pass: again(height, width), memory, arena, again, top };
}

/** Address of a pixel. */
const pixelAt = ({ origin, pitch, step }: FeatureMap, y: number, x: number) =>
  origin + y * pitch + x * step;

const sizeOf = ({ height, width, channels }: FeatureMap) => [height, width, channels];

Deno.test("placePass() makes maps of every level", async () => {
  const { pass } = await place(PYRAMID, 16, 24);
  assert.deepEqual([pass.height, pass.width, sizeOf(pass.image)], [16, 24, [16, 24, 4]]);
  assert.deepEqual(pass.fills.map(sizeOf), [[16, 24, 4], [8, 12, 4], [4, 6, 4]]);
  const outputs = (layers: readonly PassLayer[]) => layers.map(({ output }) => sizeOf(output));
  assert.deepEqual(outputs(pass.encoder), [[8, 12, 4], [4, 6, 8], [2, 3, 16]]);
  assert.deepEqual(outputs(pass.decoder), [[4, 6, 8], [8, 12, 4], [16, 24, 4]]);
  assert.deepEqual(outputs(pass.heads), [[4, 6, 4], [8, 12, 4]]);
  const { pass: { fills, heads } } = await place(PRESETS.tiny, 16, 24);
  assert.deepEqual([fills, heads], [[], []]);
});

Deno.test("placePass() tells kernels where windows begin and outputs go", async () => {
  const { pass, memory } = await place(PYRAMID, 16, 24);
  const { image, fills, encoder, decoder, heads } = pass;
  const [words, floats] = [new Int32Array(memory.buffer), new Float32Array(memory.buffer)];
  /** Checks a layer: the window of output pixel (0, 0) and steps to (1, 0) and (0, 1), for each input and phase. */
  const check = (
    { placed, records, output }: PassLayer,
    inputs: readonly { map: FeatureMap; kernel: number; stride: 1 | 2; isDoubled?: boolean }[],
  ) => {
    const scale = records.length === 4 ? 2 : 1;
    for (const { phase, address, list, ratios } of records) {
      const [head, groups] = [address / 4, (address + LAYOUT.head) / 4];
      const { row, column } = phase;
      assert.deepEqual([...words.subarray(head, head + 9)], [
        ...[phase.weights, phase.blockBytes, inputs.length, list, ratios, placed.bias],
        pixelAt(output, row, column),
        pixelAt(output, scale, 0) - output.origin,
        pixelAt(output, 0, scale) - output.origin,
      ]);
      assert.equal(floats[head + 9], Math.fround(placed.folded.slope));
      inputs.forEach(({ map, kernel, stride, isDoubled = false }, i) => {
        const pad = (kernel - 1) / 2;
        // Of a doubled map: row -1 of the picture lies on row -1 of the map, rows 0 and 1 on row 0.
        const place = (at: number) => isDoubled ? Math.floor((at - 1) / 2) : at * stride - pad;
        const side = isDoubled ? 2 : kernel;
        assert.deepEqual([...words.subarray(groups + 6 * i, groups + 6 * i + 6)], [
          pixelAt(map, place(row), place(column)),
          (place(row + scale) - place(row)) * map.pitch,
          (place(column + scale) - place(column)) * map.step,
          side,
          map.pitch,
          side * map.step,
        ]);
      });
    }
  };
  check(encoder[0]!, [image, fills[0]!].map((map) => ({ map, kernel: 7, stride: 2 })));
  check(encoder[1]!, [{ map: encoder[0]!.output, kernel: 1, stride: 2 }]);
  check(encoder[2]!, [{ map: encoder[1]!.output, kernel: 3, stride: 2 }]);
  decoder.forEach((layer, index) => {
    const level = 2 - index;
    const below = index === 0 ? encoder[2]! : decoder[index - 1]!;
    const skip = level === 0 ? image : encoder[level - 1]!.output;
    check(layer, [
      { map: below.output, kernel: 3, stride: 1, isDoubled: true },
      { map: skip, kernel: 3, stride: 1 },
      { map: fills[level]!, kernel: 3, stride: 1 },
    ]);
  });
  heads.forEach((head, i) => check(head, [{ map: decoder[i]!.output, kernel: 1, stride: 1 }]));
});

Deno.test("placePass() lets no two places overlap, and borders hold what windows need", async () => {
  const { pass, arena, memory, top } = await place(PYRAMID, 16, 24);
  const places: [number, number][] = [];
  const border = (map: FeatureMap, pad: number) => {
    const start = pixelAt(map, -pad, -pad);
    const end = pixelAt(map, map.height + pad - 1, map.width + pad);
    assert.equal(map.pitch, (map.width + 2 * pad) * map.step);
    places.push([start, end]);
    assert.ok(new Float32Array(memory.buffer, start, (end - start) / 4).every((x) => x === 0));
  };
  // By what reads them: half of the encoder's kernel, one pixel around for the decoder, none for a head.
  for (const map of [pass.image, pass.fills[0]!]) border(map, 3);
  pass.fills.slice(1).forEach((map) => border(map, 1));
  for (const layer of [...pass.encoder, ...pass.decoder]) border(layer.output, 1);
  for (const { output } of pass.heads) border(output, 0);
  for (const { records, output } of [...pass.encoder, ...pass.decoder, ...pass.heads]) {
    const bytes = 4 * output.height * output.width / records.length;
    for (const { address, list, ratios } of records) {
      places.push([list, list + bytes], [ratios, ratios + bytes]);
      places.push([address, address + LAYOUT.head + LAYOUT.group]);
    }
  }
  places.sort(([a], [b]) => a - b);
  assert.ok(places[0]![0] >= top && places.at(-1)![1] <= arena.top);
  places.slice(1).forEach(([start], i) => assert.ok(start >= places[i]![1]));
});

Deno.test("placePass() fails where memory ends, and works again after it", async () => {
  const { pass, again } = await place(PYRAMID, 16, 24);
  // The image alone takes 16 bytes a pixel, of 16 MiB.
  assert.throws(() => again(1024, 1024), OutOfMemoryError);
  assert.deepEqual(again(16, 24), pass);
});
