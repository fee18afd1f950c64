import assert from "node:assert/strict";
import { arrangeLayer, inFours } from "../../../../src/engine/gpu/arrange_layer.ts";

Deno.test("arrangeLayer() puts groups below each other and fills channels with zeros", () => {
  // 1x1, 1 + 2 channels to 2: six numbers.
  const { weights, bias, ...rest } = arrangeLayer(
    { kernel: [1, 2, 3, 4, 5, 6], side: 1, cout: 2, bias: [7, 8] },
    [{ channels: 1, upsample: 1 }, { channels: 2, upsample: 1 }],
  );
  const none = [0, 0, 0, 0];
  const rows = [[1, 2, 0, 0], none, none, none, [3, 4, 0, 0], [5, 6, 0, 0], none, none];
  assert.deepEqual([...weights], rows.flat());
  assert.deepEqual([...bias], [7, 8, 0, 0]);
  assert.deepEqual(rest, {
    rows: 8,
    cout: 4,
    groups: [
      { channels: 4, weightRow: 0, weightPhaseRows: 0 },
      { channels: 4, weightRow: 4, weightPhaseRows: 0 },
    ],
  });
});

Deno.test("arrangeLayer() cuts output channels into blocks", () => {
  // 24 channels lie in three blocks of eight, each with all four rows.
  const kernel = Array.from({ length: 24 }, (_, i) => i + 1);
  const { weights } = arrangeLayer({ kernel, side: 1, cout: 24, bias: kernel }, [
    { channels: 1, upsample: 1 },
  ]);
  const firsts = [0, 1, 2].map((block) => [...weights.subarray(block * 32, block * 32 + 9)]);
  assert.deepEqual(firsts, [
    [1, 2, 3, 4, 5, 6, 7, 8, 0],
    [9, 10, 11, 12, 13, 14, 15, 16, 0],
    [17, 18, 19, 20, 21, 22, 23, 24, 0],
  ]);
});

Deno.test("arrangeLayer() adds up the taps that fall on one small pixel", () => {
  // Taps 1 to 9 of one channel to one.
  const { weights, groups, rows } = arrangeLayer(
    { kernel: [1, 2, 3, 4, 5, 6, 7, 8, 9], side: 3, cout: 1, bias: [0] },
    [{ channels: 1, upsample: 2 }],
  );
  assert.deepEqual(groups, [{ channels: 4, weightRow: 0, weightPhaseRows: 16 }]);
  assert.equal(rows, 64);
  const taps = Array.from({ length: 16 }, (_, i) => weights[i * 16]);
  assert.deepEqual(taps, [
    ...[1, 2 + 3, 4 + 7, 5 + 6 + 8 + 9],
    ...[1 + 2, 3, 4 + 5 + 7 + 8, 6 + 9],
    ...[1 + 4, 2 + 3 + 5 + 6, 7, 8 + 9],
    ...[1 + 2 + 4 + 5, 3 + 6, 7 + 8, 9],
  ]);
});

Deno.test("arrangeLayer() says what does not fit", () => {
  const numbers = { kernel: [1, 2], side: 1, cout: 1, bias: [0] };
  assert.throws(
    () => arrangeLayer(numbers, [{ channels: 3, upsample: 1 }]),
    /^RangeError: Cannot arrange a layer: its kernel has 2 numbers, must have 1x1x3x1/,
  );
  assert.throws(
    () => arrangeLayer(numbers, [{ channels: 2, upsample: 2 }]),
    /^RangeError: Cannot arrange a layer: side is 1, must be 3 over a doubled map/,
  );
});

Deno.test("inFours() rounds up", () => {
  assert.deepEqual([1, 3, 4, 5, 67].map(inFours), [4, 4, 4, 8, 68]);
});
