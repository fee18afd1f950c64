import assert from "node:assert/strict";
import type { WorkItem } from "../../../../src/engine/cpu/crew.ts";
import type { FeatureMap } from "../../../../src/engine/cpu/feature_map.ts";
import type { PlacedLayer } from "../../../../src/engine/cpu/place_network.ts";
import type { PassLayer, PassRecord } from "../../../../src/engine/cpu/place_pass.ts";
import { listWork } from "../../../../src/engine/cpu/work_lists.ts";
import { createRandom } from "../../../../src/random.ts";

const CHANNELS = 8;
const OLD = 7;

interface Shape {
  readonly height: number;
  readonly width: number;
  readonly phases?: 1 | 4;
  readonly blocks?: number;
}

/** A layer that was placed by hand: output with a border of one pixel, then lists and ratios by phase. */
function makeLayer({ height, width, phases = 1, blocks = 1 }: Shape) {
  const step = CHANNELS * 4;
  const pitch = (width + 2) * step;
  const mapBytes = (height + 2) * pitch;
  const listBytes = 4 * height * width / phases;
  const buffer = new ArrayBuffer(mapBytes + 2 * phases * listBytes);
  new Float32Array(buffer).fill(OLD);
  const output: FeatureMap = {
    height,
    width,
    channels: CHANNELS,
    origin: pitch + step,
    pitch,
    step,
  };
  const records = Array.from({ length: phases }, (_, i): PassRecord => ({
    phase: { row: i >> 1 as 0 | 1, column: (i & 1) as 0 | 1, weights: 0, blockBytes: 0 },
    address: 1000 + i,
    list: mapBytes + 2 * i * listBytes,
    ratios: mapBytes + (2 * i + 1) * listBytes,
  }));
  const placed = { tile: 1, blocks } as PlacedLayer;
  return { layer: { placed, output, records } satisfies PassLayer, buffer };
}

/** How often each place of a list is computed for each block. */
function countWork(items: readonly WorkItem[], address: number, count: number, blocks: number) {
  const work = Array.from({ length: count }, () => new Array<number>(blocks).fill(0));
  for (const [kernel, layer, first, last, block, lastBlock] of items) {
    if (layer !== address) continue;
    assert.equal(kernel, 1);
    assert.ok(last > first && lastBlock > block);
    for (let i = first; i < last; i++) for (let b = block; b < lastBlock; b++) work[i]![b]! += 1;
  }
  return work;
}

for (const phases of [1, 4] as const) {
  Deno.test(`listWork() lists what is needed and has something to see, by phase: ${phases}`, () => {
    const [height, width] = [6, 10];
    const random = createRandom(phases);
    const needed = Uint8Array.from({ length: 60 }, () => random.integer(0, 1));
    const ratio = Float32Array.from({ length: 60 }, () => random.integer(0, 2) * random.uniform());
    const { layer, buffer } = makeLayer({ height, width, phases });
    const items = listWork(layer, { buffer, plan: { needed, ratio }, threads: 2 });
    const scale = Math.sqrt(phases);
    for (const { phase: { row, column }, address, list, ratios } of layer.records) {
      const expected: [number, number][] = [];
      for (let y = 0; y < height / scale; y++) {
        for (let x = 0; x < width / scale; x++) {
          const i = (y * scale + row) * width + x * scale + column;
          if (needed[i] === 1 && ratio[i] !== 0) expected.push([y * 65536 + x, ratio[i]!]);
        }
      }
      const count = expected.length;
      assert.deepEqual([...new Int32Array(buffer, list, count)], expected.map(([at]) => at));
      assert.deepEqual([...new Float32Array(buffer, ratios, count)], expected.map(([, r]) => r));
      assert.deepEqual(countWork(items, address, count, 1), expected.map(() => [1]));
    }
  });

  Deno.test(`listWork() writes zeros where nothing is seen, and touches no other pixel: ${phases}`, () => {
    const { layer, buffer } = makeLayer({ height: 2, width: 4, phases });
    const needed = Uint8Array.of(1, 0, 1, 0, 0, 1, 1, 1);
    const ratio = Float32Array.of(0, 0, 2, 2, 0, 0, 2, 0);
    listWork(layer, { buffer, plan: { needed, ratio }, threads: 1 });
    const { output: { origin, pitch, step } } = layer;
    const zeros = [0, 5, 7].map((i) => origin + Math.floor(i / 4) * pitch + i % 4 * step);
    const map = new Float32Array(buffer, 0, 4 * pitch / 4);
    map.forEach((value, i) => {
      const isZero = zeros.some((at) => 4 * i >= at && 4 * i < at + step);
      assert.equal(value, isZero ? 0 : OLD, `${4 * i}`);
    });
  });
}

for (
  const { height, width, blocks, threads } of [
    { height: 1, width: 1, blocks: 5, threads: 1 },
    { height: 2, width: 3, blocks: 8, threads: 3 },
    { height: 10, width: 40, blocks: 7, threads: 16 },
    { height: 50, width: 70, blocks: 3, threads: 2 },
    // Above 512 items of 192 pixels.
    { height: 300, width: 400, blocks: 2, threads: 2 },
  ]
) {
  const name = `${height}x${width}, ${blocks} blocks, ${threads} threads`;
  Deno.test(`listWork() shares all of a layer out, every part once: ${name}`, () => {
    const { layer, buffer } = makeLayer({ height, width, blocks });
    const count = height * width;
    const plan = {
      needed: new Uint8Array(count).fill(1),
      ratio: new Float32Array(count).fill(1),
    };
    const items = listWork(layer, { buffer, plan, threads });
    const work = countWork(items, 1000, count, blocks);
    assert.ok(work.every((parts) => parts.every((times) => times === 1)));
    // Nobody is idle while there are parts to share, and the crew can hold the items of any picture.
    assert.ok(items.length >= Math.min(threads, blocks) && items.length <= 512 + 3 * threads);
  });
}

Deno.test("listWork() has nothing to do where nothing is needed", () => {
  const { layer, buffer } = makeLayer({ height: 4, width: 4, phases: 4 });
  const plan = { needed: new Uint8Array(16), ratio: new Float32Array(16).fill(1) };
  assert.deepEqual(listWork(layer, { buffer, plan, threads: 2 }), []);
});
