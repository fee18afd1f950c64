import assert from "node:assert/strict";
import { paddedChannels, placeFeatureMap } from "../../../../src/engine/cpu/feature_map.ts";
import { MemoryArena } from "../../../../src/engine/cpu/memory_arena.ts";

Deno.test("placeFeatureMap() fills channels up and lies inside of a border", () => {
  const arena = new MemoryArena(new WebAssembly.Memory({ initial: 1 }), 0);
  const map = placeFeatureMap(arena, { height: 3, width: 5, channels: 6, pad: 2 });
  // By hand: 8 channels of 4 bytes; rows of 2 + 5 + 2 pixels; two rows and two pixels before the first.
  assert.deepEqual(map, {
    height: 3,
    width: 5,
    channels: 8,
    step: 32,
    pitch: 288,
    origin: 2 * 288 + 2 * 32,
  });
  assert.equal(arena.top, (3 + 4) * 288);
});

Deno.test("placeFeatureMap() without a border begins with its first pixel", () => {
  const arena = new MemoryArena(new WebAssembly.Memory({ initial: 1 }), 64);
  const { origin, pitch, step } = placeFeatureMap(arena, {
    height: 2,
    width: 3,
    channels: 4,
    pad: 0,
  });
  assert.deepEqual([origin, pitch, step, arena.top], [64, 48, 16, 64 + 96]);
});

Deno.test("placeFeatureMap() clears what lay there, and nothing else", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = new Uint8Array(memory.buffer).fill(7);
  const arena = new MemoryArena(memory, 64);
  arena.take(1000);
  arena.release(64);
  placeFeatureMap(arena, { height: 2, width: 2, channels: 4, pad: 1 });
  assert.ok(bytes.subarray(64, arena.top).every((value) => value === 0));
  assert.ok(bytes.subarray(0, 64).every((value) => value === 7));
  assert.ok(bytes.subarray(arena.top).every((value) => value === 7));
});

Deno.test("paddedChannels() are 4 for pictures, else a multiple of 8", () => {
  assert.deepEqual([1, 3, 4, 5, 8, 9, 12, 16, 130].map(paddedChannels), [
    ...[4, 4, 4, 8, 8, 16, 16, 16, 136],
  ]);
});
