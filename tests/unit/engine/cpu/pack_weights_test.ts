import assert from "node:assert/strict";
import { type PackingOptions, planPacking } from "../../../../src/engine/cpu/pack_weights.ts";

/** A layer of one output channel whose kernel numbers its taps: row, column, input channel as decimal digits. */
function makeLayer(side: number, cin: number) {
  const kernel: number[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      for (let c = 0; c < cin; c++) kernel.push(row * 100 + column * 10 + c);
    }
  }
  return { layer: { kernel: side, cin }, kernel };
}

/** Carries the steps out. */
function pack({ layer, kernel }: ReturnType<typeof makeLayer>, options: PackingOptions): number[] {
  const { rows, steps } = planPacking(layer, options);
  const packed = new Array<number>(rows).fill(0);
  for (const { row, channels, target } of steps) {
    for (let c = 0; c < channels; c++) packed[target + c]! += kernel[row + c]!;
  }
  return packed;
}

const NO_PHASE = { row: 0, column: 0 } as const;

Deno.test("planPacking() goes by group, row, column, input channel, and fills groups up", () => {
  const groups = [{ channels: 3, isDoubled: false }, { channels: 5, isDoubled: false }];
  const packed = pack(makeLayer(3, 8), { groups, phase: NO_PHASE });
  const expected: number[] = [];
  for (const channels of [[0, 1, 2, -1], [3, 4, 5, 6, 7, -1, -1, -1]]) {
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        for (const c of channels) expected.push(c < 0 ? 0 : row * 100 + column * 10 + c);
      }
    }
  }
  assert.deepEqual(packed, expected);
});

Deno.test("planPacking() takes kernels of any side", () => {
  for (const side of [1, 5, 7]) {
    const groups = [{ channels: 8, isDoubled: false }];
    const layer = makeLayer(side, 8);
    // Eight channels need no filling up: the kernel as it is.
    assert.deepEqual(pack(layer, { groups, phase: NO_PHASE }), layer.kernel);
  }
});

Deno.test("planPacking() adds up the taps that see the same small pixel, by phase", () => {
  const sum = (rows: readonly number[], columns: readonly number[]) =>
    rows.flatMap((row) => columns.map((column) => row * 100 + column * 10)).reduce((a, b) => a + b);
  // An even pixel sees the small pixel before its own with its first tap, an odd one that after with its last.
  const parts = [[[0], [1, 2]], [[0, 1], [2]]];
  for (const row of [0, 1] as const) {
    for (const column of [0, 1] as const) {
      const groups = [{ channels: 1, isDoubled: true }];
      const packed = pack(makeLayer(3, 1), { groups, phase: { row, column } });
      const sums = parts[row]!.flatMap((rows) =>
        parts[column]!.map((columns) => sum(rows, columns))
      );
      assert.deepEqual(packed, sums.flatMap((value) => [value, 0, 0, 0]));
    }
  }
});

Deno.test("planPacking() convolves small pixels as the kernel does doubled ones", () => {
  const layer = makeLayer(3, 1);
  const small = [[3, 1, 4], [1, 5, 9], [2, 6, 5]];
  for (const row of [0, 1] as const) {
    for (const column of [0, 1] as const) {
      const groups = [{ channels: 1, isDoubled: true }];
      const packed = pack(layer, { groups, phase: { row, column } });
      // Around the middle pixel of the small image, which is (2 + row, 2 + column) of the doubled one.
      let [byTaps, byPhase] = [0, 0];
      for (let i = 0; i < 9; i++) {
        const [y, x] = [1 + row + Math.floor(i / 3), 1 + column + i % 3];
        byTaps += layer.kernel[i]! * small[y >> 1]![x >> 1]!;
      }
      for (let i = 0; i < 4; i++) {
        byPhase += packed[i * 4]! * small[row + (i >> 1)]![column + (i & 1)]!;
      }
      assert.equal(byPhase, byTaps);
    }
  }
});

Deno.test("planPacking() puts a doubled group beside one that is not", () => {
  const packed = pack(makeLayer(3, 3), {
    groups: [{ channels: 2, isDoubled: true }, { channels: 1, isDoubled: false }],
    phase: { row: 1, column: 1 },
  });
  assert.equal(packed.length, (4 + 9) * 4);
  // The last small pixel is seen by tap (2, 2) alone, channel by channel; then the third channel of all nine.
  assert.deepEqual(packed.slice(12, 16), [220, 221, 0, 0]);
  assert.deepEqual([packed[16], packed[16 + 4], packed[16 + 8 * 4]], [2, 12, 222]);
});
